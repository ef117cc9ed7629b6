"""A chapter's source made into its products: the page, the notebook, the release, the live cell."""
