"""What is said of an M component: that it is there, its chains, its concentration."""
