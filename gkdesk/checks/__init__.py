"""Rules that look at a filled form and yield findings; knows neither the source nor the screen."""
