"""Department for Transport consultations, second round."""
