"""Pure rules of judgement: lengths against rules of the day, undertakings body by body, figures with their intervals."""
