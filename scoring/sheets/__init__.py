"""What people's files mean in scoring: criteria, targets, results, and the standings written out."""
