"""The acts of the ground floor: people, units, years, leadership, guidance."""
