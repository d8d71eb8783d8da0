"""Which generator this is: raised whenever the same seed gives other patients."""

SIMULATION_VERSION = 3
