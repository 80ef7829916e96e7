"""Tables of a yearbook or report, laid across, as values: place, indicator, time and number of each cell."""
