"""An input that is given by something of another kind.

A measure says of each input what it is: rows, answers, a column of moments, a duration, a number. A source where a
question is wanted, or a number where a duration is, leaves open what is worked out.

Wrong:

```xladsl wrong
import std.experience

survey pulse {
  asks office_staff
  sent each calendar quarter
  question recommend 0 to 10 asking "How likely are you to recommend the service desk?"
}

kpi loyalty "Recommendation of the service desk" {
  serves effortless_help
  value nps of pulse // error: wrong-input "Write `pulse.recommend`"
}
```

Right:

```xladsl right
import std.experience

survey pulse {
  asks office_staff
  sent each calendar quarter
  question recommend 0 to 10 asking "How likely are you to recommend the service desk?"
}

kpi loyalty "Recommendation of the service desk" {
  serves effortless_help
  value nps of pulse.recommend
}
```
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL234", Severity.ERROR)
