//! Making a reading of drafts: units, places, labels, ids, and what is to be said of them.

use crate::formats::anchor::Unit;
use crate::formats::catalog::Context;
use crate::formats::draft::label::Labels;
use crate::formats::draft::place::Quoting;
use crate::formats::draft::sheet::{self, Sheets};
use crate::formats::draft::{ArticleDraft, unit};
use crate::formats::issues::Issues;
use crate::formats::{Counts, Place, Reading, Severity, kept, options};
use crate::limits;
use crate::model::*;
use crate::text::{Text, TextHash};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;

/// Takes drafts and makes a reading of them.
pub struct Builder<'a> {
    pub(super) format: &'static str,
    pub(super) context: &'a Context<'a>,
    pub(super) usual: Unit,
    /// Whether offsets are believed to count the usual where nothing is quoted.
    believing: bool,
    pub(super) quoting: Quoting,
    pub(super) issues: Issues,
    pub(super) counts: Counts,
    drafts: Vec<(ArticleDraft, Rc<Text>)>,
    texts: BTreeMap<TextHash, Rc<Text>>,
    /// The names of the files so far, where a work has several, and how many drafts came before the last.
    files: Vec<String>,
    before: usize,
    /// Which of them is spoken of. The first is the main one, whose places need no name.
    pub(super) file: usize,
    /// How many articles did not fit.
    left: usize,
}

impl<'a> Builder<'a> {
    /// For a file of the format with an id. Its offsets usually count code points, its quotations are exact.
    pub fn new(format: &'static str, context: &'a Context<'a>) -> Self {
        Self {
            format,
            context,
            usual: Unit::CodePoints,
            believing: false,
            quoting: Quoting::EXACT,
            issues: Issues::default(),
            counts: Counts::default(),
            drafts: Vec::new(),
            texts: BTreeMap::new(),
            files: Vec::new(),
            before: 0,
            file: 0,
            left: 0,
        }
    }

    /// What the offsets of the format usually count.
    pub fn counting(self, usual: Unit) -> Self {
        Self { usual, ..self }
    }

    /// Where nothing is quoted the offsets count what they usually do, since the format leaves no doubt.
    pub fn believing(self) -> Self {
        Self { believing: true, ..self }
    }

    /// How the format quotes.
    pub fn quoting(self, quoting: Quoting) -> Self {
        Self { quoting, ..self }
    }

    /// What follows is of a file, one of those of a work that have a label each.
    pub fn file(&mut self, name: &str) {
        self.file = self.files.len();
        self.files.push(name.to_owned());
        self.before = self.drafts.len();
    }

    /// Says something of the file. Places are of the main one, so that others are named in words.
    pub fn tell(&mut self, severity: Severity, place: Option<Place>, message: fmt::Arguments<'_>) {
        match self.files[..].get(self.file).filter(|_| self.file > 0).zip(place) {
            Some((file, place)) => self.issues.add(severity, || None, format_args!("“{file}”, {place}: {message}")),
            None => self.issues.add(severity, || place, message),
        }
    }

    /// Sets an annotation aside that is none. The message says what was wrong.
    pub fn set_aside(&mut self, place: Option<Place>, message: fmt::Arguments<'_>) {
        self.counts.set_aside += 1;
        self.tell(Severity::Error, place, format_args!("{message}; it was set aside"));
    }

    /// Takes over what was said while the file was taken apart, and how many annotations were set aside then.
    pub(crate) fn take(&mut self, (mut issues, set_aside): (Issues, usize)) {
        if self.file > 0 {
            issues.name(&self.files[self.file]);
        }
        self.issues.append(issues);
        self.counts.set_aside += set_aside;
    }

    /// Adds an article.
    pub fn add(&mut self, mut draft: ArticleDraft) {
        if !limits::fits_article(&draft.text) {
            self.counts.set_aside += draft.marks.len();
            let message = format_args!(
                "article: its text has more than {} characters or {} lines, the most that fit; it was set aside, split it",
                limits::TEXT,
                limits::LINES,
            );
            return self.tell(Severity::Error, draft.place, message);
        }
        if self.drafts.len() - self.before == limits::ARTICLES {
            self.counts.set_aside += draft.marks.len();
            self.left += 1;
            return;
        }
        let text = Rc::new(Text::new(std::mem::take(&mut draft.text)));
        let text = self.texts.entry(text.hash().clone()).or_insert(text).clone();
        draft.file = self.file;
        self.drafts.push((draft, text));
    }

    /// The reading of all that was added.
    pub fn finish(mut self) -> Reading {
        self.file = 0;
        if self.files.len() > 1 {
            let (count, names) = (self.files.len(), self.files.join("”, “"));
            let message =
                format_args!("{count} files for a label each were read as the work of one annotator: “{names}”");
            self.tell(Severity::Note, None, message);
        }
        if self.left > 0 {
            let left = self.left;
            let message =
                format_args!("{left} articles were set aside: no more than {} of a file fit", limits::ARTICLES);
            self.tell(Severity::Error, None, message);
        }
        let drafts = std::mem::take(&mut self.drafts);
        let unit = self.unit(&drafts);
        let mut reading = Reading {
            articles: Vec::new(),
            scheme: None,
            annotators: Vec::new(),
            sheets: Vec::new(),
            extra: Extra::default(),
            issues: Vec::new(),
            counts: Counts::default(),
        };
        let mut labels = Labels::new(self.context.here.scheme());
        let mut sheets = Sheets::default();
        let mut here = Here::of(self.context.here);
        let marks: usize = drafts.iter().map(|(draft, _)| draft.marks.len()).sum();
        let mut done = 0;
        for (number, (mut draft, text)) in drafts.into_iter().enumerate() {
            let marks_here = std::mem::take(&mut draft.marks);
            done += marks_here.len();
            self.file = draft.file;
            let article = self.article(draft, text, number, &mut here, &mut reading.articles);
            sheet::read(&mut self, &article, marks_here, unit, &mut labels, &mut sheets);
            (self.context.progress)(done as f64 / marks.max(1) as f64);
        }
        self.file = 0;
        sheets.finish(&mut self, &mut labels, &mut reading);
        self.counts.kept = reading.sheets.iter().map(|(_, annotations)| annotations.len()).sum();
        self.counts.read = self.counts.kept + self.counts.set_aside;
        let mut issues = self.issues.into_vec();
        // In the order of the file; what is of no one place comes last.
        issues.sort_by_key(|issue| (issue.place.is_none(), issue.place));
        Reading { scheme: Some(labels.scheme), issues, counts: self.counts, ..reading }
    }

    /// What the offsets count, as the person said it or as it was found out; says so where it is not the usual.
    fn unit(&mut self, drafts: &[(ArticleDraft, Rc<Text>)]) -> Unit {
        match self.context.options.get(options::UNIT.id) {
            "code-points" => return Unit::CodePoints,
            "utf-16" => return Unit::Utf16,
            "bytes" => return Unit::Bytes,
            _ => {}
        }
        let found = unit::find_out(drafts, self.usual, self.quoting);
        if self.believing && !found.quoted {
            return self.usual;
        }
        let (unit, usual, all) = (found.unit.words(), self.usual.words(), found.told_apart);
        if found.unit != self.usual {
            let how = if found.quoted { "have their words there" } else { "cut no word there" };
            let message = format_args!(
                "the offsets were taken as {unit}, not as {usual}: of {all} annotations where it makes a difference, {} \
                 {how}, and {} as {usual}",
                found.fit, found.fit_usual,
            );
            self.tell(Severity::Warning, None, message);
        } else if all > 0 && !found.quoted {
            let message = format_args!(
                "the file quotes no words to check its offsets by; they were taken as {unit}, which matters for {all} of \
                 the annotations"
            );
            self.tell(Severity::Note, None, message);
        }
        found.unit
    }

    /// The article of a draft: one that was added before, one that is here, or a new one.
    fn article(
        &mut self,
        draft: ArticleDraft,
        text: Rc<Text>,
        number: usize,
        here: &mut Here<'_>,
        articles: &mut Vec<Rc<Article>>,
    ) -> Rc<Article> {
        let place = draft.place;
        let id = self.article_id(&draft.id, &text);
        let known = here.take(&text, &id, draft.id.is_empty(), self.file);
        let id = known.map_or(id, |known| known.id.clone());
        let facts = [
            ("title", draft.title),
            ("source", draft.source),
            ("date", draft.date),
            ("byline", draft.byline),
            ("extractor", draft.extractor),
            ("encoding", draft.encoding),
        ];
        let [title, source, date, byline, extractor, encoding] =
            facts.map(|(name, value)| self.line(place, name, value));
        let loaded = after(self.context.now, number);
        let mut article = Article {
            id,
            title,
            source,
            date,
            byline,
            extractor,
            encoding,
            done: draft.done.unwrap_or(false),
            created: loaded.clone(),
            changed: loaded,
            extra: kept::keep(self.format, &kept::with_id(&draft.id, "t-", draft.fields)),
            text,
        };
        if let Some(known) = known {
            fill(&mut article, known, draft.done.is_none());
        }
        if let Some(before) = articles.iter().find(|before| before.id == article.id) {
            // Files of one work have the same articles, which was said of all.
            if self.file == 0 {
                let message = format_args!(
                    "article “{}”: its text is there twice; its annotations were put together",
                    before.name(),
                );
                self.tell(Severity::Note, place, message);
            }
            return before.clone();
        }
        let article = Rc::new(article);
        articles.push(article.clone());
        article
    }

    /// A fact about an article, no longer than fits.
    fn line(&mut self, place: Option<Place>, name: &str, value: String) -> String {
        match limits::start(&value, limits::NAME) {
            None => value,
            Some(start) => {
                let most = limits::NAME;
                let message = format_args!(
                    "article: its {name} is longer than {most} characters, the most that fit; the rest was left out"
                );
                self.tell(Severity::Warning, place, message);
                start.to_owned()
            }
        }
    }

    /// The id of an article. Those made here stay; those of other tools are unique in one file at best, so that
    /// the text's hash goes with them.
    fn article_id(&self, id: &str, text: &Text) -> ArticleId {
        if id.starts_with("t-")
            && let Some(id) = ArticleId::parse(id)
        {
            return id;
        }
        let hash = short(text);
        let own = ArticleId::parse(&format!("t-{hash}-{id}")).filter(|_| !id.is_empty());
        own.unwrap_or_else(|| ArticleId::new(format!("t-{hash}")))
    }
}

/// The first digits of a text's hash, which tell it from all that anybody has at hand.
pub(super) fn short(text: &Text) -> &str {
    text.hash().as_str().get(..12).unwrap_or_default()
}

/// What is not said of an article is as it is here, so that nothing differs that nobody spoke of.
fn fill(article: &mut Article, known: &Article, done: bool) {
    for (value, known) in [
        (&mut article.title, &known.title),
        (&mut article.source, &known.source),
        (&mut article.date, &known.date),
        (&mut article.byline, &known.byline),
        (&mut article.extractor, &known.extractor),
        (&mut article.encoding, &known.encoding),
    ] {
        if value.is_empty() {
            value.clone_from(known);
        }
    }
    if done {
        article.done = known.done;
    }
    if article.extra.is_empty() {
        article.extra = known.extra.clone();
    }
    (article.created, article.changed) = (known.created.clone(), known.changed.clone());
}

/// A moment so many milliseconds after another, so that articles of one file stay in its order; the same moment
/// where the day would end.
fn after(now: &Timestamp, milliseconds: usize) -> Timestamp {
    let time = now.as_str();
    let number =
        |from: usize, to: usize| time.get(from..to).and_then(|digits| digits.parse::<usize>().ok()).unwrap_or(0);
    let total = ((number(11, 13) * 60 + number(14, 16)) * 60 + number(17, 19)) * 1000 + number(20, 23) + milliseconds;
    let (seconds, rest) = (total / 1000, total % 1000);
    let day = time.get(..11).unwrap_or_default();
    let later = format!("{day}{:02}:{:02}:{:02}.{rest:03}Z", seconds / 3600, seconds / 60 % 60, seconds % 60);
    Timestamp::parse(&later).filter(|_| seconds < 86_400).unwrap_or_else(|| now.clone())
}

/// The articles that are here by their text.
struct Here<'a> {
    by_text: BTreeMap<&'a TextHash, Vec<&'a Rc<Article>>>,
    /// Which of them something was read for, and of which file.
    taken: BTreeSet<(usize, &'a ArticleId)>,
}

impl<'a> Here<'a> {
    fn of(workspace: &'a Workspace) -> Self {
        let mut by_text: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for article in workspace.articles() {
            by_text.entry(article.text.hash()).or_default().push(article);
        }
        Self { by_text, taken: BTreeSet::new() }
    }

    /// The one with a text that a file means: of several the one with the id, else the first that the file did not
    /// mean before. A file that has a text more often than it is here means the first again where it is `nameless`,
    /// and none where it tells its articles apart.
    fn take(&mut self, text: &Text, id: &ArticleId, nameless: bool, file: usize) -> Option<&'a Rc<Article>> {
        let same = self.by_text.get(text.hash())?;
        let by_id = same.iter().find(|article| article.id == *id);
        let known = by_id
            .or_else(|| same.iter().find(|article| !self.taken.contains(&(file, &article.id))))
            .or_else(|| same.first().filter(|_| nameless))?;
        self.taken.insert((file, &known.id));
        Some(known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_articles_are_later_on_the_same_day() {
        let now = Timestamp::parse("2031-03-14T23:59:58.500Z").expect("a moment");
        for (milliseconds, expected) in
            [(0, "2031-03-14T23:59:58.500Z"), (1_499, "2031-03-14T23:59:59.999Z"), (1_500, "2031-03-14T23:59:58.500Z")]
        {
            assert_eq!(after(&now, milliseconds).as_str(), expected);
        }
    }
}
