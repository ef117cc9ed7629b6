"""The whole models of the chapter *spiking autoencoder*."""
