"""What people write, read: pure functions over the shop's own menu."""
