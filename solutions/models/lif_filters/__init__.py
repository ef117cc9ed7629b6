"""LIF neurons side by side, in a compiled loop: the chapter's readable function for a million of them."""
