"""A name that stands for several things.

Two sources have a column `resolved`. Which of them starts the survey decides who is asked; the parties would each
have their own answer.

Wrong:

```xladsl wrong
tickets requests { columns resolved as time from "done" }
survey after_request {
  asks office_staff
  sent on resolved within 24 h // error: unclear-name
  question mood 1 to 5 asking "How was it?"
}
```

Right:

```xladsl
tickets requests { columns resolved as time from "done" }
survey after_request {
  asks office_staff
  sent on requests.resolved within 24 h
  question mood 1 to 5 asking "How was it?"
}
```
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL212", Severity.ERROR)
