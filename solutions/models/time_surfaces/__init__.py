"""The whole models of the chapter *time surfaces*."""
