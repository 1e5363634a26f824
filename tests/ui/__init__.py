"""Tests of the window; they run offscreen."""
