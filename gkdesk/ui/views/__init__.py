"""The parts of the window; each shows one thing and says in signals what the user did."""
