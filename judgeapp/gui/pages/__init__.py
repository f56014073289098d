"""The pages of both roles, one a step; each shows what services say and keeps nothing else."""
