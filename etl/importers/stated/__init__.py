"""What tables of published values say of period, area, kind and unit, held against each other."""
