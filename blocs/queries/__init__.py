"""Reading across the ground floor's tables."""
