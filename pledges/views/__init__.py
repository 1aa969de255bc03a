"""The pages of the pledge."""
