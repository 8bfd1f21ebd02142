"""What each address answers; every file lists its routes with the right each of them needs."""
