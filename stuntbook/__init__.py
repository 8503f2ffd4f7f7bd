"""Stuntbook: a knowledge base about film stunts whose every statement leads to the words that carry it."""
