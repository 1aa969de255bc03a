"""What happens in scoring: one function per act, by aggregate."""
