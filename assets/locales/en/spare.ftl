# The second machine: what it is told, and what both operators read of it.

problem-spare-lost = Spare: { $detail }
    .do = The picture goes on, on both machines. Check the cable between them, that the other machine runs, and its address; the line comes back by itself and nothing is lost.
problem-spare-differs = Spare: { $detail }
    .do = Both pictures go on. Look at both; show the right one by the venue's switcher, make theme, fonts, films and version the same on both, or start the spare anew.
problem-spare-role = Spare: { $detail }
    .do = One desk runs the show, the other does what it does. The key for taking over makes this machine's desk the one.
problem-spare-two = Spare: { $detail }
    .do = Agree which desk goes on, and press the key for taking over there: the other one stands back and does what it does.

refusal-stands-by = This machine is the spare: its desk does what the main one's does; take over first, then it is the desk of the show.
refusal-is-main = This desk runs the show already; there is nothing to take over.
refusal-no-pair = There is no second machine: a spare is started with `leitai live URL --spare-of ADDR:PORT`.

spare-address = the main machine's address "{ $url }" cannot be used; write it as ws://ADDR:PORT, as its remote control listens
spare-token = { $url } does not take the token; copy the main machine's control token and name it with --spare-token-file
spare-http = { $url } answers with HTTP status { $status }, so it is no remote control of a live session of this version
spare-late = { $url } gives no answer within { $within_ms } ms
spare-unreachable = { $url } cannot be reached: { $reason }
spare-no-answer = { $peer } answered but did not go on; it may have a spare already, or be another version
spare-unreadable = what the other machine says cannot be read ({ $reason }); start the same version on both
spare-lost = the line to the spare ({ $peer }) is gone; nobody would take over now
spare-main-lost = the line to the main machine ({ $peer }) is gone
spare-second = a second spare ({ $peer }) was not taken in: there is one already

spare-took-over = nothing was heard of the main machine for { $ms } ms: this machine took over by itself, its desk runs the show and its sound is on
spare-took-over-by-hand = this machine took over by its key: its desk runs the show and its sound is on
spare-stands-back = the spare took over while this machine was away: it is the spare now, its desk does what the other one's does, and it is silent
spare-stands-back-by-hand = the other machine took over by its key: this one is the spare now, its desk does what the other one's does, and it is silent
spare-main-is-back = only the line was cut, the main machine lived: this one is the spare again, and silent
spare-two-mains = both machines' desks went on by themselves while there was no line: two desks run two shows
spare-act-too-late = { $act } of the other desk came after the take-over and was not done

spare-differs = { $output } is not the same on both machines: { $why }
spare-differs-all = the two machines do not show the same: { $why }
spare-outputs-differ = the machines do not have the same outputs; only here: { $here }; only there: { $there }
spare-words-differ = the words are in another language on the other machine; here: { $here }; there: { $there }. On the spare: panel Look, Words on the pictures, choose the main machine's, then TAKE THEME; an output with a language of its own: panel Outputs
spare-own-themes-differ = outputs have other themes of their own; here: { $here }; there: { $there }. On the spare: panel Outputs, choose the main machine's theme for them
spare-output-words = { $output }, words in { $lang }
spare-output-theme = { $output }, theme { $theme }
spare-output-no-theme = { $output }, the show's theme
spare-why-version = version { $here } here, { $there } there
spare-why-theme = the theme is not the same (here { $here }, there { $there }; of the same name their content differs)
spare-why-fonts = the show's own fonts are not the same
spare-why-show = after the same events something else is true on air
spare-why-picture = the same facts, another picture: a film or still may be missing on one
spare-why-behind = they have not had the same events for a second (event { $here } here, { $there } there)
spare-why-other-show = they follow different shows ({ $here } here, { $there } there)

key-take-over = Spare: take over
console-spare = SPARE
console-spare-equal = SPARE =
console-spare-differs = SPARE ≠
console-spare-none = NO SPARE
console-spare-two = 2 DESKS
console-take-over = TAKE OVER
console-take-over-differs = TAKE OVER ≠
console-spare-fact = Spare
console-spare-fact-equal = { $role } · { $peer } · the same for { $span }
console-spare-fact-differs = { $role } · { $peer } · differs for { $span }
console-spare-fact-linked = { $role } · { $peer }
console-spare-fact-alone = { $role } · no line
console-role-main = main
console-role-spare = spare
console-role-contested = two desks
