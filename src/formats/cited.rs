//! Annotations of a page on the web, in a file that quotes their words but has no text: finding out which article
//! here it is, and where the words stand in it; and writing where they stand.
//!
//! The text of a page is never quite that of an article: blanks and line breaks differ, and all places with them. So
//! words and context decide (runs of white space count as one blank), and a place is a hint at most. Nothing
//! here changes a text.

use crate::formats::Severity;
use crate::formats::anchor::{Unit, span_in, units_to};
use crate::formats::draft::{ArticleDraft, Builder, MarkDraft, QuoteDraft};
use crate::formats::fields::clip;
use crate::formats::json::Writer;
use crate::model::{Article, Workspace};
use crate::text::quote::{self, Found};
use crate::text::{Offset, Quotation, Span, Text};
use std::rc::Rc;

/// So many of a page's quotations are looked for in each article.
const LOOKED_FOR: usize = 24;

/// The article here that quotations are from: one that is `named` so, if half of them stand in it, else the one in
/// which most of them stand.
fn article<'a>(here: &'a Workspace, named: impl Fn(&Article) -> bool, marks: &[MarkDraft]) -> Option<&'a Rc<Article>> {
    let quotes: Vec<String> = marks.iter().filter_map(|mark| mark.quote.as_ref()).map(squeezed).collect();
    let step = quotes.len().div_ceil(LOOKED_FOR).max(1);
    let quotes: Vec<&String> = quotes.iter().step_by(step).filter(|quote| !quote.is_empty()).collect();
    let count = |article: &Article| {
        let text = Squeezed::of(article.text.as_str());
        quotes.iter().filter(|quote| text.content.contains(quote.as_str())).count()
    };
    let articles = here.articles();
    if let Some(known) = articles.iter().find(|article| named(article) && count(article) * 2 >= quotes.len()) {
        return Some(*known);
    }
    let counted = articles.iter().map(|article| (count(article), article)).filter(|(count, _)| *count > 0);
    // The first of the best.
    counted.rev().max_by_key(|(count, _)| *count).map(|(_, article)| *article)
}

fn squeezed(quote: &QuoteDraft) -> String {
    Squeezed::of(&quote.exact).content
}

/// A quotation as a file has it, with no more of its context than tells places apart: what is longer only costs time.
pub(crate) fn quotation(exact: &str, prefix: &str, suffix: &str) -> QuoteDraft {
    const MOST: usize = 4 * quote::CONTEXT as usize;
    let from = prefix.char_indices().rev().nth(MOST - 1).map_or(0, |(at, _)| at);
    let to = suffix.char_indices().nth(MOST).map_or(suffix.len(), |(at, _)| at);
    QuoteDraft { exact: exact.to_owned(), prefix: prefix[from..].to_owned(), suffix: suffix[..to].to_owned() }
}

/// Writes the two selectors that say where an annotation stands, as items of a list: its place in a unit, and its words with
/// their context.
pub(crate) fn selectors(w: &mut Writer, text: &Text, span: Span, unit: Unit) {
    w.item();
    w.open('{');
    w.text_field("type", "TextPositionSelector");
    w.number_field("start", units_to(text, span.start(), unit));
    w.number_field("end", units_to(text, span.end(), unit));
    w.close('}');
    let quote = Quotation::of(text, span);
    w.item();
    w.open('{');
    w.text_field("type", "TextQuoteSelector");
    w.text_field("exact", quote.exact);
    w.text_field("prefix", quote.prefix);
    w.text_field("suffix", quote.suffix);
    w.close('}');
}

/// Gives annotations of a page to a builder, on the article here that has their words, which may be one that is `named`
/// so; sets them aside where there is none. `unit` is the one that the builder expects.
pub(crate) fn give(
    builder: &mut Builder<'_>,
    here: &Workspace,
    page: &str,
    named: &dyn Fn(&Article) -> bool,
    unit: Unit,
    mut marks: Vec<MarkDraft>,
) {
    let at = marks.first().and_then(|mark| mark.place);
    let page = if page.is_empty() { "a page without a name".to_owned() } else { format!("“{}”", clip(page)) };
    let Some(found) = article(here, named, &marks) else {
        for mark in marks {
            let message = format_args!(
                "annotation “{}”: the text of {page} is neither in the file nor here (open the article first)",
                clip(&mark.id),
            );
            builder.set_aside(mark.place, message);
        }
        return;
    };
    let guessed = place(&found.text, &mut marks, unit);
    let name = found.name();
    let message = format_args!(
        "the text of {page} is not in the file; its annotations were put on “{}” by their words",
        clip(&name),
    );
    builder.tell(Severity::Note, at, message);
    if guessed > 0 {
        let message = format_args!(
            "the words of {guessed} annotations of {page} stand in several places; the likeliest by their order was taken"
        );
        builder.tell(Severity::Warning, at, message);
    }
    builder.add(ArticleDraft {
        id: found.id.to_string(),
        text: found.text.as_str().to_owned(),
        marks,
        ..ArticleDraft::default()
    });
}

/// Puts annotations where their words stand in a text: their pieces become places in it, in `unit`, and their quotations
/// the words there. Gives how many stand in several places, of which the likeliest was taken.
///
/// Those whose words do not stand there are left without a place. A place of the file is believed where words and context stand
/// right there; else it only says which of several is the likeliest. Those in several pieces stay as they are.
fn place(text: &Text, marks: &mut [MarkDraft], unit: Unit) -> usize {
    let squeezed = Squeezed::of(text.as_str());
    let content = Text::new(squeezed.content.as_str());
    let mut looked: Vec<Looked> = marks.iter().map(|mark| look(text, &content, mark, unit)).collect();
    // How far places here lie behind those of the file, by the annotations whose words stand in one place only.
    let shift = |(mark, looked): (&MarkDraft, &Looked)| match looked {
        Looked::Sure(span) => hint(mark).map(|hint| (hint, i64::from(span.start().get()) - hint)),
        _ => None,
    };
    let mut shifts: Vec<(i64, i64)> = marks.iter().zip(&looked).filter_map(shift).collect();
    shifts.sort_unstable();
    let near = |hint: i64| {
        let at = shifts.partition_point(|(other, _)| *other < hint);
        let before = at.checked_sub(1).and_then(|at| shifts.get(at));
        let nearest = [before, shifts.get(at)].into_iter().flatten().min_by_key(|(other, _)| other.abs_diff(hint));
        Offset::new(u32::try_from(hint + nearest.map_or(0, |(_, shift)| *shift)).unwrap_or(0))
    };
    let mut guessed = 0;
    for (mark, looked) in marks.iter_mut().zip(&mut looked) {
        if let (Looked::Doubtful(quote), Some(hint)) = (&*looked, hint(mark))
            && let Found::Doubtful(span) | Found::Sure(span) = quote::find(&content, quote.quotation(), near(hint))
        {
            guessed += 1;
            *looked = Looked::Sure(span);
        }
        match looked {
            Looked::Fits => {}
            Looked::Sure(span) => {
                let span = squeezed.span(*span);
                mark.pieces = vec![(units_to(text, span.start(), unit), units_to(text, span.end(), unit))];
                mark.quote = Some(QuoteDraft::new(text.slice(span)));
            }
            Looked::Doubtful(_) | Looked::Lost => mark.pieces.clear(),
        }
    }
    guessed
}

/// What came of looking for the words of an annotation.
enum Looked {
    /// They stand where the file says, or nobody can say.
    Fits,
    /// They stand there, in the text with its white space squeezed, and there only.
    Sure(Span),
    /// They stand in several places.
    Doubtful(Whole),
    /// They stand nowhere.
    Lost,
}

/// Where a file says that an annotation starts.
fn hint(mark: &MarkDraft) -> Option<i64> {
    mark.pieces.first().map(|(start, _)| i64::from(*start))
}

fn look(text: &Text, content: &Text, mark: &MarkDraft, unit: Unit) -> Looked {
    let Some(quote) = mark.quote.as_ref().filter(|_| mark.pieces.len() < 2) else { return Looked::Fits };
    let claimed = mark.pieces.first().and_then(|pair| span_in(text, *pair, unit));
    if claimed.is_some_and(|span| stands_at(text, quote, span)) {
        return Looked::Fits;
    }
    let whole = Whole::of(quote);
    match quote::find(content, whole.quotation(), Offset::default()) {
        Found::Sure(span) => Looked::Sure(span),
        Found::Doubtful(_) => Looked::Doubtful(whole),
        Found::Lost => Looked::Lost,
    }
}

/// Whether the words of a quotation stand at a span, with their context.
fn stands_at(text: &Text, quote: &QuoteDraft, span: Span) -> bool {
    let (start, end) = (text.byte(span.start()).index(), text.byte(span.end()).index());
    let (before, after) = (text.as_str().get(..start), text.as_str().get(end..));
    text.slice(span) == quote.exact
        && before.is_some_and(|before| before.ends_with(&quote.prefix))
        && after.is_some_and(|after| after.starts_with(&quote.suffix))
}

/// A quotation without what does not count in it.
struct Whole {
    exact: String,
    prefix: String,
    suffix: String,
}

impl Whole {
    fn of(quote: &QuoteDraft) -> Self {
        let [exact, prefix, suffix] =
            [&quote.exact, &quote.prefix, &quote.suffix].map(|text| Squeezed::of(text).content);
        Self { exact, prefix, suffix }
    }

    fn quotation(&self) -> Quotation<'_> {
        Quotation { exact: &self.exact, prefix: &self.prefix, suffix: &self.suffix }
    }
}

/// A text in which every run of white space is one blank.
struct Squeezed {
    content: String,
    /// Where each of its code points starts in the text that it was made of, in code points.
    starts: Vec<u32>,
    /// Where each ends there.
    ends: Vec<u32>,
}

impl Squeezed {
    fn of(text: &str) -> Self {
        let mut squeezed = Self { content: String::with_capacity(text.len()), starts: Vec::new(), ends: Vec::new() };
        for (at, c) in (0..).zip(text.chars()) {
            let blank = c.is_whitespace();
            match squeezed.ends.last_mut() {
                Some(end) if blank && squeezed.content.ends_with(' ') => *end = at + 1,
                _ => {
                    squeezed.content.push(if blank { ' ' } else { c });
                    squeezed.starts.push(at);
                    squeezed.ends.push(at + 1);
                }
            }
        }
        squeezed
    }

    /// A span of it as one of the text that it was made of.
    fn span(&self, span: Span) -> Span {
        let start = self.starts.get(span.start().index()).copied().unwrap_or(0);
        let last = span.end().minus(1).index();
        let end = self.ends.get(last).copied().unwrap_or(start);
        Span::between(Offset::new(start), Offset::new(end.max(start)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::*;
    use crate::text::drawn::draw_span;
    use crate::text::snap;
    use proptest::prelude::*;

    const TEXT: &str = "👍 “No,” said\r\n  Zoë Ng. “No,” said Ray. “No,” said Ida.";

    fn mark(start: u32, exact: &str, prefix: &str) -> MarkDraft {
        let quote = QuoteDraft { exact: exact.into(), prefix: prefix.into(), suffix: String::new() };
        MarkDraft { pieces: vec![(start, start + 1)], quote: Some(quote), ..MarkDraft::default() }
    }

    #[test]
    fn words_decide_and_places_only_help() {
        let text = Text::new(TEXT);
        // Places of a page with some hundred characters before the article.
        let mut marks =
            [mark(500, "said Zoë Ng", ""), mark(513, "“No,”", ""), mark(0, "“No,”", "Ray. "), mark(9, "Yes", "")];
        assert_eq!(place(&text, &mut marks, Unit::Utf16), 1);
        let drawn = |mark: &MarkDraft| {
            let span = mark.pieces.first().and_then(|pair| span_in(&text, *pair, Unit::Utf16));
            span.map(|span| draw_span(&text, span))
        };
        let drawn: Vec<_> = marks.iter().map(drawn).collect();
        let expected = [
            "👍 “No,” [said\r\n  Zoë Ng]. “No,” said Ray. “No,” said Ida.",
            "👍 “No,” said\r\n  Zoë Ng. [“No,”] said Ray. “No,” said Ida.",
            "👍 “No,” said\r\n  Zoë Ng. “No,” said Ray. [“No,”] said Ida.",
        ];
        assert_eq!(drawn, [Some(expected[0].to_owned()), Some(expected[1].into()), Some(expected[2].into()), None]);
        let quotes: Vec<_> =
            marks.iter().filter_map(|mark| mark.quote.as_ref()).map(|quote| quote.exact.as_str()).collect();
        assert_eq!(quotes, ["said\r\n  Zoë Ng", "“No,”", "“No,”", "Yes"]);
    }

    proptest! {
        #[test]
        fn a_quotation_with_other_blanks_is_found_where_it_is(
            text in prop::collection::vec("[ab👍é]{1,3}|[ \n\u{a0}]{1,3}", 1..20).prop_map(|pieces| pieces.concat()),
            from in any::<prop::sample::Index>(),
            len in 1u32..9,
            blank in "[ \n\t]{1,2}",
        ) {
            let text = Text::new(text);
            let start = Offset::from_usize(from.index(text.len().index()));
            let span = Span::between(start, start.plus(len).min(text.len()));
            let Some(span) = snap::without_edge_space(&text, span) else { return Ok(()) };
            let start = span.start();
            let other = |words: &str| words.split_inclusive(char::is_whitespace).map(|piece| piece.replace(char::is_whitespace, &blank)).collect::<String>();
            let (before, after) = (Span::between(Offset::default(), start), Span::between(span.end(), text.len()));
            let quote = quotation(&other(text.slice(span)), &other(text.slice(before)), &other(text.slice(after)));
            let mut marks = [MarkDraft { quote: Some(quote), ..MarkDraft::default() }];
            prop_assert_eq!(place(&text, &mut marks, Unit::CodePoints), 0);
            let found = marks[0].pieces.first().and_then(|pair| span_in(&text, *pair, Unit::CodePoints));
            prop_assert_eq!(found, Some(span));
        }
    }

    #[test]
    fn a_place_that_fits_stays() {
        let text = Text::new("no no no");
        let mut marks = [MarkDraft { pieces: vec![(3, 5)], ..mark(3, "no", "no ") }];
        assert_eq!((place(&text, &mut marks, Unit::CodePoints), &marks[0].pieces[..]), (0, &[(3, 5)][..]));
    }

    #[test]
    fn the_article_is_the_one_with_the_words() {
        let mut here = Workspace::default();
        for (id, text) in
            [("t-1", "We open at nine."), ("t-2", "“No,” said\nZoë Ng. We open."), ("t-3", "“No,” she said.")]
        {
            let article = Article {
                id: ArticleId::new(id),
                text: Rc::new(Text::new(text)),
                title: id.into(),
                source: String::new(),
                date: String::new(),
                byline: String::new(),
                extractor: String::new(),
                encoding: String::new(),
                done: false,
                created: Timestamp::unknown(),
                changed: Timestamp::unknown(),
                extra: Extra::default(),
            };
            here.apply(&Change::Article { before: None, after: Some(Rc::new(article)) });
        }
        for (named, quotes, expected) in [
            ("", vec!["“No,”", "said Zoë"], Some("t-2")),
            ("t-3", vec!["“No,”", "said Zoë"], Some("t-3")),
            ("t-1", vec!["“No,”", "said Zoë"], Some("t-2")),
            ("t-1", vec!["Yes"], None),
            ("", vec![], None),
        ] {
            let marks: Vec<_> = quotes.into_iter().map(|quote| mark(0, quote, "")).collect();
            let found = article(&here, |article| article.title == named, &marks);
            assert_eq!(found.map(|article| article.id.as_str()), expected, "{named}");
        }
    }
}
