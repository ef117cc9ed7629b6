"""The whole models of the chapter *delays*."""
