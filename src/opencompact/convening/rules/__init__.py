"""Pure rules of convening."""
