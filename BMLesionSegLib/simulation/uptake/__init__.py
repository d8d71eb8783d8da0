"""Normal uptake of bone, kidneys, bladder and soft tissue."""
