"""Providers of figures: World Bank, UN SDG, SDMX services, Open SDG repositories, files."""
