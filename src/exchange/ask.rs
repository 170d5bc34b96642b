//! Requests and answers, and their way from one program to the other as bytes.
//!
//! Two programs of one build talk to each other here, at one moment: there is no version, no checksum, and no
//! reason to distrust what comes. It is not a form to store. Bytes that are none end in `None`, never in a panic.

use crate::exchange::{Found, Intake, Look, Loss, Offer, Setting};
use crate::formats::parcel;
use crate::lint::{Finding, Fix, Rule};
use crate::model::record::{In, Out};
use crate::model::{AnnotationId, ArticleId, Timestamp, Workspace, WriterId};
use crate::text::{Offset, Span, Text};
use std::rc::Rc;

/// A request.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// To read the files that come with it, against what is here.
    Read(WriterId),
    /// What can be written.
    Offers,
    /// What an order would come to.
    Look(Order),
    /// The files of an order.
    Write(Order),
    /// What is likely a slip in the annotations of an article.
    Lint(ArticleId),
}

/// What is to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// The format's id.
    pub format: Rc<str>,
    /// The one article, or `None` for all.
    pub article: Option<ArticleId>,
    /// The settings that were changed, each with its value.
    pub settings: Vec<(Rc<str>, Rc<str>)>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// What the files hold.
    Read(Intake),
    /// What can be written.
    Offers(Vec<Offer>),
    /// What would be written.
    Look(Look),
    /// A file to save: its name and what is in it.
    File(String, Vec<u8>),
    /// Why there is none.
    Refused(String),
    /// What is likely a slip.
    Findings(Vec<Finding>),
}

/// A request that was unpacked.
pub struct Asked {
    /// What is here, where it is another than the last time.
    pub here: Option<Workspace>,
    /// When it was asked.
    pub now: Timestamp,
    /// What was asked.
    pub ask: Ask,
}

impl Ask {
    /// Packs a request. `here` comes along only where it is another than the last time.
    pub fn pack(&self, here: Option<&Workspace>, now: &Timestamp) -> Vec<u8> {
        let mut out = Out::default();
        out.option(here, parcel::put_workspace);
        out.text(now.as_str());
        match self {
            Self::Read(writer) => {
                out.number(0);
                out.text(writer.as_str());
            }
            Self::Offers => out.number(1),
            Self::Look(order) => {
                out.number(2);
                put_order(&mut out, order);
            }
            Self::Write(order) => {
                out.number(3);
                put_order(&mut out, order);
            }
            Self::Lint(article) => {
                out.number(4);
                out.text(article.as_str());
            }
        }
        out.0
    }

    /// Unpacks a request; `None` where the bytes are none.
    pub fn unpack(bytes: &[u8]) -> Option<Asked> {
        let mut from = In::new(bytes);
        let here = match from.number() {
            0 => None,
            _ => Some(parcel::take_workspace(&mut from)?),
        };
        let now = Timestamp::parse(from.text())?;
        let ask = match from.number() {
            0 => Self::Read(WriterId::new(from.text())),
            1 => Self::Offers,
            2 => Self::Look(order(&mut from)),
            3 => Self::Write(order(&mut from)),
            _ => Self::Lint(ArticleId::new(from.text())),
        };
        from.is_done().then_some(Asked { here, now, ask })
    }
}

fn put_order(out: &mut Out, order: &Order) {
    out.text(&order.format);
    out.option(order.article.as_ref(), |out, id| out.text(id.as_str()));
    out.list(&order.settings, |out, (id, value)| {
        out.text(id);
        out.text(value);
    });
}

fn order(from: &mut In<'_>) -> Order {
    let format = from.text().into();
    let article = (from.number() != 0).then(|| ArticleId::new(from.text()));
    Order { format, article, settings: list(from, |from| (from.text().into(), from.text().into())) }
}

impl Answer {
    /// Packs an answer.
    pub fn pack(&self) -> Vec<u8> {
        let mut out = Out::default();
        match self {
            Self::Read(intake) => {
                out.number(0);
                put_intake(&mut out, intake);
            }
            Self::Offers(offers) => {
                out.number(1);
                out.list(offers, put_offer);
            }
            Self::Look(look) => {
                out.number(2);
                put_look(&mut out, look);
            }
            Self::File(name, content) => {
                out.number(3);
                out.text(name);
                out.blob(content);
            }
            Self::Refused(why) => {
                out.number(4);
                out.text(why);
            }
            Self::Findings(findings) => {
                out.number(5);
                out.list(findings, put_finding);
            }
        }
        out.0
    }

    /// The texts that come with an answer, as [`Answer::unpack`] wants them. That is half of the work where much comes,
    /// and so it can be done in a task of its own.
    pub fn texts(bytes: &[u8]) -> Vec<Rc<Text>> {
        let mut from = In::new(bytes);
        let comes = from.number() == 0;
        comes.then(|| parcel::take_texts(&mut In::new(from.blob()))).flatten().unwrap_or_default()
    }

    /// Unpacks an answer; `None` where the bytes are none. `here` has the texts that did not come along.
    pub fn unpack(bytes: &[u8], texts: &[Rc<Text>], here: &Workspace) -> Option<Self> {
        let mut from = In::new(bytes);
        let answer = match from.number() {
            0 => Self::Read(intake(&mut from, texts, here)?),
            1 => Self::Offers(list(&mut from, offer)),
            2 => Self::Look(look(&mut from)),
            3 => {
                let name = string(&mut from);
                Self::File(name, from.blob().to_vec())
            }
            4 => Self::Refused(string(&mut from)),
            _ => Self::Findings(list(&mut from, finding)),
        };
        from.is_done().then_some(answer)
    }
}

fn put_intake(out: &mut Out, intake: &Intake) {
    let mut texts = Out::default();
    if let Some(plan) = &intake.plan {
        parcel::put_new_texts(&mut texts, plan);
    }
    out.blob(&texts.0);
    out.list(&intake.found, |out, found| {
        out.text(&found.name);
        out.text(&found.format);
        out.number(found.is_project.into());
    });
    out.list(&intake.refused, put_pair);
    out.list(&intake.plain, |out, at| out.number((*at).into()));
    out.option(intake.plan.as_ref(), |out, plan| out.blob(&parcel::pack_plan(plan)));
}

fn intake(from: &mut In<'_>, texts: &[Rc<Text>], here: &Workspace) -> Option<Intake> {
    from.blob();
    let found = list(from, |from| Found { name: string(from), format: string(from), is_project: from.number() != 0 });
    let refused = list(from, pair);
    let plain = list(from, |from| from.small());
    let plan = match from.number() {
        0 => None,
        _ => Some(parcel::unpack_plan(from.blob(), texts, here)?),
    };
    Some(Intake { found, plan, refused, plain })
}

fn put_offer(out: &mut Out, offer: &Offer) {
    for words in [&offer.id, &offer.name, &offer.about] {
        out.text(words);
    }
    out.list(&offer.settings, |out, setting| {
        out.text(&setting.id);
        out.text(&setting.name);
        out.list(&setting.values, put_pair);
    });
    for words in [&offer.kept, &offer.lost] {
        out.list(words, |out, words| out.text(words));
    }
}

fn offer(from: &mut In<'_>) -> Offer {
    Offer {
        id: string(from),
        name: string(from),
        about: string(from),
        settings: list(from, |from| Setting { id: string(from), name: string(from), values: list(from, pair) }),
        kept: list(from, string),
        lost: list(from, string),
    }
}

fn put_look(out: &mut Out, look: &Look) {
    out.list(&look.losses, |out, loss| {
        out.text(&loss.said);
        out.number(loss.is_written.into());
        out.text(&loss.setting);
    });
    out.list(&look.files, |out, (name, size)| {
        out.text(name);
        out.number(*size);
    });
    out.text(&look.head);
    out.option(look.text.as_ref(), |out, text| out.text(text));
}

fn look(from: &mut In<'_>) -> Look {
    Look {
        losses: list(from, |from| Loss { said: string(from), is_written: from.number() != 0, setting: string(from) }),
        files: list(from, |from| (string(from), from.number())),
        head: string(from),
        text: (from.number() != 0).then(|| string(from)),
    }
}

fn put_finding(out: &mut Out, finding: &Finding) {
    out.text(finding.annotation.as_str());
    put_span(out, &finding.span);
    out.number(Rule::ALL.iter().position(|rule| *rule == finding.rule).unwrap_or_default() as u64);
    out.text(&finding.message);
    match &finding.fix {
        None => out.number(0),
        Some(Fix::Remove) => out.number(1),
        Some(Fix::Span(span)) => {
            out.number(2);
            put_span(out, span);
        }
    }
    out.list(&finding.places, put_span);
}

fn finding(from: &mut In<'_>) -> Finding {
    Finding {
        annotation: AnnotationId::new(from.text()),
        span: span(from),
        rule: Rule::ALL[(from.number() as usize).min(Rule::ALL.len() - 1)],
        message: string(from),
        fix: match from.number() {
            0 => None,
            1 => Some(Fix::Remove),
            _ => Some(Fix::Span(span(from))),
        },
        places: list(from, span),
    }
}

fn put_span(out: &mut Out, span: &Span) {
    out.number(span.start().get().into());
    out.number(span.end().get().into());
}

fn span(from: &mut In<'_>) -> Span {
    let [start, end] = [from.small(), from.small()].map(Offset::new);
    Span::between(start, end)
}

fn put_pair(out: &mut Out, (one, other): &(String, String)) {
    out.text(one);
    out.text(other);
}

fn pair(from: &mut In<'_>) -> (String, String) {
    (string(from), string(from))
}

fn string(from: &mut In<'_>) -> String {
    from.text().to_owned()
}

/// As many items as the bytes say, or as there are.
fn list<T>(from: &mut In<'_>, take: fn(&mut In<'_>) -> T) -> Vec<T> {
    let mut items = Vec::new();
    let len = from.number();
    while (items.len() as u64) < len && !from.is_broken() {
        items.push(take(from));
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Issue, Plan, Severity, Summary};
    use crate::model::{Article, Change, Extra};

    fn here() -> Workspace {
        let article = Article {
            id: ArticleId::new("t-w-00001"),
            text: Rc::new(Text::new("We open at nine 👍")),
            title: "Opening".into(),
            source: String::new(),
            date: "2031-03-14".into(),
            byline: String::new(),
            extractor: String::new(),
            encoding: "UTF-8".into(),
            done: false,
            created: Timestamp::unknown(),
            changed: Timestamp::unknown(),
            extra: Extra::default(),
        };
        let mut here = Workspace::default();
        here.apply(&Change::Article { before: None, after: Some(Rc::new(article)) });
        here.next_id = 7;
        here
    }

    fn order() -> Order {
        let settings = vec![("overlap".into(), "outermost".into())];
        Order { format: "conll".into(), article: Some(ArticleId::new("t-w-00001")), settings }
    }

    #[test]
    fn a_request_comes_as_it_was_asked() {
        let (here, now) = (here(), Timestamp::unknown());
        let writer = WriterId::new("jbqacsve");
        let lint = Ask::Lint(ArticleId::new("t-w-00001"));
        for ask in [Ask::Read(writer), Ask::Offers, Ask::Look(order()), Ask::Write(order()), lint] {
            for with in [None, Some(&here)] {
                let bytes = ask.pack(with, &now);
                let asked = Ask::unpack(&bytes).expect("a request");
                assert_eq!((asked.here.as_ref(), &asked.now, &asked.ask), (with, &now, &ask));
                for cut in 0..bytes.len() {
                    assert!(Ask::unpack(&bytes[..cut]).is_none(), "{ask:?} cut at {cut}");
                }
            }
        }
    }

    /// One answer of each kind.
    fn answers(here: &Workspace) -> Vec<Answer> {
        let article = here.articles()[0].clone();
        let other =
            Article { id: ArticleId::new("t-w-00002"), text: Rc::new(Text::new("Later.")), ..(*article).clone() };
        let after = Rc::new(Article { done: true, ..(*article).clone() });
        let issue = Issue::new(Severity::Warning, "something was odd");
        let plan = Plan {
            changes: vec![
                Change::Article { before: Some(article), after: Some(after) },
                Change::Article { before: None, after: Some(Rc::new(other)) },
            ],
            next_id: 9,
            summary: Summary { articles_new: 1, set_aside: 3, ..Summary::default() },
            issues: vec![issue],
        };
        let found = Found { name: "a.jsonl".into(), format: "doccano".into(), is_project: false };
        let pair = || ("a".to_owned(), "b".to_owned());
        let setting = Setting { id: "unit".into(), name: "Offsets".into(), values: vec![pair()] };
        let offer = Offer {
            id: "csv".into(),
            name: "Table".into(),
            about: "For spreadsheets".into(),
            settings: vec![setting],
            kept: vec!["texts".into()],
            lost: vec!["links".into(), "notes".into()],
        };
        let loss = Loss { said: "2 links are left out".into(), is_written: false, setting: String::new() };
        let look =
            Look { losses: vec![loss], files: vec![("a.csv".into(), 12)], head: "id".into(), text: Some("id".into()) };
        vec![
            Answer::Read(Intake { found: vec![found], plan: Some(plan), refused: vec![pair()], plain: vec![2] }),
            Answer::Read(Intake::default()),
            Answer::Offers(vec![offer]),
            Answer::Look(look),
            Answer::File("a.zip".into(), vec![0, 255, 1]),
            Answer::Refused("no".into()),
            Answer::Findings(findings()),
        ]
    }

    /// One finding by each rule, one of each fix.
    fn findings() -> Vec<Finding> {
        let span = |start, end| Span::between(Offset::new(start), Offset::new(end));
        let fixes = [None, Some(Fix::Remove), Some(Fix::Span(span(3, 300)))];
        let all = Rule::ALL.into_iter().zip(fixes.into_iter().cycle());
        let one = |(rule, fix)| Finding {
            annotation: AnnotationId::new("a-w-00001"),
            span: span(2, 5),
            rule,
            message: "it ends with “,”".into(),
            fix,
            places: vec![span(0, 1), span(7, 9)],
        };
        all.map(one).collect()
    }

    #[test]
    fn an_answer_comes_as_it_was_given() {
        let here = here();
        for answer in answers(&here) {
            let bytes = answer.pack();
            let unpack = |bytes: &[u8]| Answer::unpack(bytes, &Answer::texts(bytes), &here);
            assert_eq!(unpack(&bytes).as_ref(), Some(&answer));
            for cut in 0..bytes.len() {
                assert!(unpack(&bytes[..cut]).is_none(), "{answer:?} cut at {cut}");
            }
        }
    }

    #[test]
    fn a_text_that_is_nowhere_ends_in_nothing() {
        let bytes = answers(&here())[0].pack();
        let texts = Answer::texts(&bytes);
        assert_eq!(texts.len(), 1, "the one that is not here");
        assert_eq!(Answer::unpack(&bytes, &texts, &Workspace::default()), None);
        assert_eq!(Answer::unpack(&bytes, &[], &here()), None);
    }
}
