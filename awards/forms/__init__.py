"""What input looks like: shape and type only."""
