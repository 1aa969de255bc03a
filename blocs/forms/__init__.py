"""What input looks like: shape and type, no rules of the field."""
