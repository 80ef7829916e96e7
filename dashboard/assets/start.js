/* Dash's renderer, started once the scripts above it have run. */
var renderer = new DashRenderer();
