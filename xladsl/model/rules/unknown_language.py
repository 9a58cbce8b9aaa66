"""A translation without the code of a language.

A text in a language that nobody named is a text that nobody will translate, compare or print.

Wrong:

```xladsl wrong
need one_contact "One contact is enough" of office_staff {
  voice "I do not want to ask twice."
    danish "Jeg vil ikke spørge to gange." // error: unknown-language
}
```

Right:

```xladsl
need one_contact "One contact is enough" of office_staff {
  voice "I do not want to ask twice."
    da "Jeg vil ikke spørge to gange."
}
```

Source: ISO 639-1.
"""

from ...diagnostics import Rule, Severity

RULE = Rule("XL204", Severity.ERROR)
