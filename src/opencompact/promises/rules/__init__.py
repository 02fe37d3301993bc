"""Pure rules of promises: `agreements` and what they say, `commitments` and what became of them."""
