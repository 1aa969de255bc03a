"""The acts of the meetings: calling and running them, elections, the summary report."""
