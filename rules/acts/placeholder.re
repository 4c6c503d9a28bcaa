# Words that a template left to be filled in, as written. One regular expression a line; the longest match wins.
# Square brackets with words in them: not a footnote, a mail tag, an editor's note or the text of a link.
\[(?!\s*(?i:sic|ext|ext\.|extern|external(?: (?:e-?mail|sender|message))?|internal|spam|suspected spam|caution|warning|secure|secured|encrypt|encrypted|confidential|bulk|urgent|action required|reminder|redacted|attachment|attached|image|img|inline image|cid:[^\]]*|image:[^\]]*|https?:[^\]]*|mailto:[^\]]*|www\.[^\]]*|[^\]\s]*@[^\]\s]*|he|she|him|her|his|they|them|their|it|its|the|a|an|is|was|are|were|and|laughs|emphasis added|my emphasis|translation|ref|ref\.[^\]]*|ticket[^\]]*|[A-Z]{2,10}-\d+|p+\. ?\d+|x|pdf|word|docx?|link|\d+ ?[a-z]{0,3})\s*\])(?=[^\[\]]{0,60}[A-Za-z]{2})[^\[\]]{2,400}\](?!\()
# Round brackets with an instruction or the name of a field.
\((?i:insert|fill in|enter|type in|add (?:your|the|an?|in|name|date|company|details?|something|one|any|specific|here)|replace (?:with|this)|name of (?:the )?(?:company|interviewer|position|person|role|employer|organi[sz]ation|hiring manager)|(?:mention|describe) (?:an? |the |your |something |one |any |specific )|include (?:an? |the |your |something |one |any |specific )|(?:choose|pick|select) (?:one|from))\b[^()]{0,200}\)
\((?i:(?:your|the|their|his/her)?\s*(?:full |first |last |company |company's |employer's |interviewer's |interviewer |hiring manager's |recipient's |contact |job |position |department )*(?:name|job title|position title|date|time|phone(?: number)?|telephone(?: number)?|e-?mail(?: address)?|interviewer|signature|contact (?:information|details|info)|company|position|role|address|title|date of (?:the )?interview|interview date))\)
# Braces of templates, chevrons, merge fields.
\{\{[^{}\n]{1,60}\}\}
\{%[^{}\n]{1,60}%\}
\$\{[^{}\n]{1,60}\}
(?<![{$\w])\{\s*(?i:(?:[\w'’ -]*[ _-])?(?:first|last|full|company|firm|job|role|hiring|recipient|sender|interview(?:er)?s?|contact|your)?[ _-]?(?:name|firstname|lastname|surname|company|employer|organi[sz]ation|role|position|job|title|interviewer|interview|date|day|time|recipient|sender|manager|phone|e-?mail|address|department|team|project|topic|skills?|salutation|signature|insert[\w ]*))\s*\}(?!\})
<<[^<>\n]{1,60}>>
(?<![<\w])<(?!(?i:/?(?:a|b|i|u|p|br|hr|em|ul|ol|li|td|tr|th|h[1-6]|div|img|pre|sub|sup|span|code|html|body|head|meta|font|style|table|tbody|strong|title|center|small|script|blockquote)\b)|https?:|mailto:|www\.|[^<>\n]*@)[A-Za-z][\w '’/.&-]{1,50}>(?!>)
«\s*(?i:[\w ]*(?:name|company|role|position|title|date|interviewer|employer|firm|job)[\w ]*)\s*»
%%?[A-Za-z][A-Za-z]*(?:_[A-Za-z]+)*%%?(?=\W|$)
\*\|[A-Za-z_:]{2,30}\|\*
(?:@@|##)[A-Za-z_]{2,30}(?:@@|##)
# Lines to write on. A rule across the page is none.
(?<=[^\s_] )_{2,}(?:[ \t]+_{2,})*|(?<=[^\s_])_{3,}(?![\w@.])|(?<![^\s])_{3,}(?= ?[^\s_])
(?:(?<=\bthe )|(?<=\ba )|(?<=\ban )|(?<=\bat )|(?<=\bof )|(?<=\bfor )|(?<=\bwith )|(?<=\bas )|(?<=\bin )|(?<=\bon )|(?<=\bfrom )|(?<=\bjoin )|(?<=\bjoining )|(?<=\bDear )|(?<=\bMr )|(?<=\bMs )|(?<=\bMrs )|(?<=\bMr\. )|(?<=\bMs\. )|(?<=\byour ))(?:\.{3,}|…+|(?:\. ){3,})(?=\W|$|[ ])
# Crosses that stand for a name, a number or a date; kisses stand alone or in small letters.
(?<![\w.@-])(?!X+[ \t.!,]*$)X{3,}(?:[-/. ]X{2,})*(?![\w@])
(?<=[a-z,] )X{3,}(?=[.,;]?$)
(?<![\w.])XX(?:[-/.]X{2,4})+(?!\w)
(?:(?<=\bthe )|(?<=\bat )|(?<=\bof )|(?<=\bfor )|(?<=\bwith )|(?<=\bas )|(?<=\bin )|(?<=\bon )|(?<=\bfrom )|(?<=\bjoin )|(?<=\bjoining )|(?<=\bDear )|(?<=\bMr )|(?<=\bMs )|(?<=\bMr\. )|(?<=\bMs\. ))XX(?![\w-])|(?<!\w)XX(?= (?:years?|position|role|job|company|team|department|months?|skills?|January|February|March|April|May|June|July|August|September|October|November|December)\b)
(?:(?<=\bat )|(?<=\bwith )|(?<=\bjoin )|(?<=\bjoining )|(?<=\bfor ))XYZ(?: (?:Company|Corp|Corporation|Inc|Ltd|Organi[sz]ation|Position))?(?!\w)|\bXYZ (?:Company|Corp|Corporation|Inc|Ltd|Organi[sz]ation)\b|\b[Cc]ompany XYZ\b
# Notes to oneself, and text of a typesetter.
(?<![\w-])(?:TBD|TBC|TODO|FIXME|FILL (?:THIS |ME )?IN|INSERT [A-Z]+(?: [A-Z]+){0,3})(?![\w-])
(?i:\blorem ipsum\b(?: [a-z]+){0,6})
(?i:\binsert (?:your |the |an? |any |some |specific |relevant |company |job |interviewer |position |name |date |number |topic |details? )(?:[a-z'’]+ ){0,4}here\b)
# The name of a field, bare: on a line of its own, or with capitals where a name should stand.
^[ \t]*(?:Your |My |Sender(?:['’]s)? )?(?:Full |First |Last |Typed |Printed )?(?:Name|Signature)(?: (?:Here|Goes Here|and Contact (?:Information|Details)))?(?=[ \t]*$)
^[ \t]*(?:Your |My )(?:(?:Phone|Telephone|Mobile|Cell|Contact|Email|E-mail|Street|Home|Mailing|LinkedIn) ?)+(?:Number|Address|Information|Info|Details|Profile|URL|Link)?(?:(?: and |, | / | \| )(?:Email|E-mail|Phone|LinkedIn)(?: Address| Number| Profile)?)*(?=[ \t]*$)
^[ \t]*(?i:your (?:full |first |last )?name|your (?:phone|telephone|mobile)(?: number)?|your e-?mail(?: address)?|your (?:address|job title|title|contact (?:information|details|info)))(?=[ \t]*$)
^[ \t]*(?:Company(?:['’]s)? Name|Job Title|Position Title|Phone Number|Email Address|Contact Information|Company Address|City, State(?:,? Zip(?: Code)?)?|First Name,? Last Name|First Last|Firstname Lastname)(?=[ \t]*$)(?![ \t]*\n[ \t]*[+(\d])
\b(?:Company|Employer|Organi[sz]ation|Interviewer|Recruiter|Hiring Manager|Recipient|Contact|Manager|Department|Position|Project|Firm|Business|Institution)(?:['’]s)? (?:(?:First|Last|Full) )?Name\b(?!:)
\bInterviewer['’]s (?:Last |First |Full )?[Nn]ame\b
(?<![\w:] )\bJob Title\b(?!:)|(?<=\bthe )(?:Job|Position) Title\b(?!:)|(?<=\bof )(?:Job|Position) Title\b(?!:)|(?<=\bas )(?:Job|Position) Title\b(?!:)|(?<=\ba )(?:Job|Position) Title\b(?!:)
(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?(?: ?/ ?(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?){1,3} ?)?(?:(?<=\bDear )|(?<=\bHi )|(?<=\bHello )|(?<=\bMr )|(?<=\bMs )|(?<=\bMr\. )|(?<=\bMs\. )|(?<=\bDr\. )|(?<=\bMs\./Mr\. )|(?<=\bMr\./Ms\. ))(?:(?:First|Last|Full) ?[Nn]ame|Firstname|Lastname|Surname|NAME|Name|Recipient|Interviewer)(?: (?:Last ?[Nn]ame|Lastname))?(?=[ ]*(?:[,:;.!]|$))
(?<=\bDear )(?:Mr|Mrs|Ms|Miss|Dr)\.?(?: ?/ ?(?:Mr|Mrs|Ms|Miss|Dr)\.?){1,3} (?:(?:First|Last|Full) ?Name|Lastname|Surname|Name)\b
\b(?:Your Company|Your Organi[sz]ation|Company Here|Position Here|Name Here)\b(?=[ .,!]|$)(?<!^Your Company)
# A hole where an editor swallowed <role> or <company>.
(?i:\b(?:with|at|of|the|an?|as|your|joining|from|and the))[ ]+,(?=[ \n]|$)
(?i:\b(?:at|the|an?|joining|your|position of|role of|post of|title of|company,))[ ]+\.(?=[ \n]|$)
(?i:\bthe[ ]{2,}(?:position|role|job|post|opening|vacancy)\b(?:[ ]+(?:at|with|in)[ ]*(?=[.,\n]))?)
(?i:\b(?:for|about|discuss|regarding|in) the (?:on|at|with)(?=[ ](?!-)(?:the |your |my |our |[A-Z]|\d|monday|tuesday|wednesday|thursday|friday)))
(?i:\bthe (?:position|role|post|job|opening) (?:of|as an?)[ ]+(?:at|with|in)\b)
(?i:\b(?:as|for|be) an?[ ]+(?:at|with|in) (?:the|your|my)\b)
(?i:\b(?:interview(?:ing)?|meeting|met|spoke|spoken|conversation|talk(?:ed)?|discussion) (?:on|at|with|about)[ ]+[.,](?=[ \n]|$))
(?m:^(?:Dear|Hi|Hello)(?: (?:Mr|Ms|Mrs|Dr|Miss|Prof)\.?)?[ ]+[,:](?=[ ]*$))
