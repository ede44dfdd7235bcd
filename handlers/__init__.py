"""What each incoming thing means, and what follows from it."""
