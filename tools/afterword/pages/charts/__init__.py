"""Charts: dataclasses in, HTML with SVG out. Pure functions; everything is escaped.

How they are made, so that they read well at every width:

* Coordinates across are per cent and heights are pixels, so shapes stretch with the page and text keeps its size.
  (A ``viewBox`` scales text with the rest: 12 px on a desk would be 5 px on a phone. Only the sparkline, which
  has no text, uses one.)
* Nothing carries an inline style, which a strict content security policy forbids. Colours come from classes.
* A drawing is ``role="img"`` with ``<title>`` and ``<desc>`` and holds no link; the table beneath has the links.

Classes of the drawings, to be coloured by a stylesheet (``assets/charts.css`` of the plugin):

======================  =============================================================================
``aw-chart``            a figure: caption (a sentence), drawing, ``aw-legend``, ``aw-data`` (the table in a fold)
``aw-bars``             the table of horizontal bars; ``aw-bar-track`` is the cell with the bar
``aw-fill``             an area or dot in the accent colour
``aw-fill-sev-0`` … 4   an area or dot in the colour of a severity: 0 to 3 from the worst on, 4 for none
``aw-stroke``           a line in the accent colour
``aw-gridline``         lines of the axis; ``aw-baseline`` the one at its foot
``aw-target``           the line of a target; ``aw-median`` and ``aw-p90`` the marks of a distribution
``aw-tick``             text of an axis, a value or a mark; ``aw-tick-strong`` one that matters
``aw-path``             a curve over days; ``aw-path-2`` the second one; ``aw-band`` a shaded stretch of time;
                        ``aw-pause`` one in which nothing counts
``aw-fill-state-…``     an area in the colour of a budget's state; ``aw-track`` the ground of its bar, ``aw-meter``
``aw-spark``            a sparkline
``aw-timeline``         the drawn milestones: ``aw-span``, ``aw-affected``, ``aw-mark``, ``aw-leader`` in the
                        drawing, ``aw-marks aw-marks-4`` the four labels under it, ``aw-words`` what cannot be drawn
``aw-empty``            the sentence in place of a chart without data
======================  =============================================================================
"""

from afterword.pages.charts.bars import Bar, bars
from afterword.pages.charts.headline import headline
from afterword.pages.charts.line import line
from afterword.pages.charts.spark import sparkline
from afterword.pages.charts.stacked import stacked
from afterword.pages.charts.strip import strip
from afterword.pages.charts.timeline import timeline

__all__ = ["Bar", "bars", "headline", "line", "sparkline", "stacked", "strip", "timeline"]
