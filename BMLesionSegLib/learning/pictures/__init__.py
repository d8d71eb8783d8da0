"""Pictures of trainings and results."""
