"""Yardstick for the rate: the smallest Dash application with one callback that runs on the first view."""

from dash import Dash, Input, Output, html

app = Dash("bare", compress=True)
app.layout = html.Div([html.H1("bare"), html.Button("one", id="button"), html.Div(id="out")])


@app.callback(Output("out", "children"), Input("button", "n_clicks"))
def answer(clicks: int | None) -> str:
    """Give a text of one number."""
    return f"{clicks or 0}"


server = app.server
