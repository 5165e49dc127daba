-- A finding's quote is exactly the characters char_start to char_end of the text of its section.
select
    findings.finding_id,
    findings.quote,
    substr(sections.text, findings.char_start + 1, findings.char_end - findings.char_start)
        as text_there
from findings
left join sections
    on sections.article_id = findings.article_id
    and sections.section = findings.section
where sections.text is null
    or findings.char_start < 0
    or findings.char_end <= findings.char_start
    or findings.quote is distinct from substr(
        sections.text,
        findings.char_start + 1,
        findings.char_end - findings.char_start
    )
order by findings.finding_id
