"""The same table in Streamlit: the overview's rows, and with `?place=` the charts of a province. Run by Streamlit."""

import os
import sqlite3

import pandas as pd
import streamlit as st

link = sqlite3.connect(f"file:{os.environ['PEER_TABLE']}?mode=ro", uri=True)
place = st.query_params.get("place", "")
if place:
    st.title(place)
    points = pd.read_sql("SELECT * FROM points WHERE place = ?", link, params=[place], parse_dates=["period_end"])
    for promise, line in points.groupby("promise"):
        st.subheader(promise)
        st.line_chart(line.set_index("period_end")["value"], height=250)
else:
    st.title("Cam kết")
    st.dataframe(pd.read_sql("SELECT * FROM gaps WHERE horizon = 2030", link))
link.close()
