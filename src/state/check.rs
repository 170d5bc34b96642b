//! The dialog in which one goes through what is likely a slip in the annotations of an article.
//!
//! What that is, is found aside (see [`crate::exchange`]), like what can be exported; until it is known the dialog says so.
//! Whoever goes to a place and comes back finds the dialog as it was. Nothing here looks for anything.

use crate::lint::{Finding, Rule};
use crate::model::{AnnotationId, ArticleId};
use crate::text::Span;
use std::rc::Rc;

/// What is known of the annotations of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Which article.
    pub article: ArticleId,
    /// What was found.
    pub found: Found,
    /// How often something was asked, so that an answer to an older question can be told.
    pub turn: u32,
    /// The finding that one is at: whose place one went to, or what comes after one that was fixed.
    pub at: Option<(AnnotationId, Rule)>,
    /// The title of the last fix, where it can be taken back here.
    pub fixed: Option<Rc<str>>,
    /// Whether the keyboard's focus goes to that finding once the answer is there.
    pub focuses: bool,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// It is being looked for.
    Waiting,
    /// This, in text order.
    Known(Rc<[Finding]>),
    /// Nobody could look; why.
    Failed(Rc<str>),
}

/// What happens to the dialog.
#[derive(Clone, Debug, PartialEq)]
pub enum Checking {
    /// It is opened, on the open article.
    Start,
    /// What is likely a slip is known; which turn it was.
    Found(u32, Rc<[Finding]>),
    /// There is no answer; why.
    Failed(Rc<str>),
    /// The annotation of a finding is wanted, or one of the other places that it is about.
    Show(AnnotationId, Rule, Option<Span>),
    /// What a rule has found is to be fixed, of one annotation or of all, in one step.
    Fix(Rule, Option<AnnotationId>),
    /// The last fix is to be taken back.
    Undo,
}

impl Check {
    /// Of an article of which nothing is known yet.
    pub fn new(article: ArticleId) -> Self {
        Self { article, found: Found::Waiting, turn: 0, at: None, fixed: None, focuses: false }
    }

    /// What was found, as far as it is known.
    pub fn findings(&self) -> &[Finding] {
        match &self.found {
            Found::Known(findings) => findings,
            _ => &[],
        }
    }

    /// What a rule has found.
    pub fn of(&self, rule: Rule) -> Vec<&Finding> {
        self.findings().iter().filter(|finding| finding.rule == rule).collect()
    }

    /// Whether one is at a finding.
    pub fn is_at(&self, finding: &Finding) -> bool {
        self.at.as_ref().is_some_and(|(id, rule)| *id == finding.annotation && *rule == finding.rule)
    }

    /// Goes to what is shown after a finding: the next one of its rule or, failing that, of those that follow.
    pub fn go_past(&mut self, rule: Rule, id: &AnnotationId) {
        let mut is_past = false;
        let mut next = None;
        for of in Rule::ALL {
            for finding in self.of(of) {
                if is_past && next.is_none() {
                    next = Some((finding.annotation.clone(), of));
                }
                is_past |= of == rule && finding.annotation == *id;
            }
        }
        self.at = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{Fix, lint};
    use crate::model::{LabelId, Timestamp, WriterId};
    use crate::state::{Command, Dialog, Effect, NewArticle, Stamp, State, Target, update};
    use crate::text::{Offset, Text};

    fn send(state: &mut State, command: Command) -> Vec<Effect> {
        let (next, effects) = update(state, &command, &Stamp { now: Timestamp::unknown(), writer: WriterId::new("w") });
        *state = next;
        effects
    }

    fn span(start: u32, end: u32) -> Span {
        Span::between(Offset::new(start), Offset::new(end))
    }

    /// Annotations with slips: one with a blank behind it twice, one cut, one that comes again without a label.
    fn opened() -> State {
        let mut state = State::default();
        let text = Rc::new(Text::new("Ana spoke. Ana left, Ben stayed, Ben sang."));
        send(&mut state, Command::Load(vec![NewArticle { text, fallback_title: "T".into(), encoding: String::new() }]));
        for (label, start, end) in [("entity", 0, 4), ("entity", 11, 15), ("claim", 21, 24), ("claim", 11, 18)] {
            send(&mut state, Command::Annotate(LabelId::new(label), span(start, end)));
        }
        state
    }

    fn check(state: &State) -> &Check {
        assert_eq!(state.view.dialog, Some(Dialog::Check));
        state.view.check.as_ref().expect("what is known")
    }

    /// Opens the dialog, or has it look again, and answers.
    fn answer(state: &mut State, effects: Vec<Effect>) -> Vec<Effect> {
        assert!(effects.contains(&Effect::Lint), "{effects:?}");
        let findings = lint(state.text().expect("a text"), &state.sheet());
        let turn = check(state).turn;
        send(state, Command::Checking(Checking::Found(turn, findings.into())))
    }

    fn start(state: &mut State) {
        let effects = send(state, Command::Checking(Checking::Start));
        answer(state, effects);
    }

    fn counts(state: &State) -> Vec<(Rule, usize)> {
        let all = Rule::ALL.map(|rule| (rule, check(state).of(rule).len()));
        all.into_iter().filter(|(_, count)| *count > 0).collect()
    }

    #[test]
    fn all_of_a_rule_are_fixed_in_one_step_and_taken_back_in_one() {
        let mut state = opened();
        start(&mut state);
        assert_eq!(counts(&state), [(Rule::Space, 2), (Rule::Word, 1), (Rule::Places, 1)]);
        let before = state.sheet();
        let effects = send(&mut state, Command::Checking(Checking::Fix(Rule::Space, None)));
        assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::Persist(_))).count(), 1);
        let effects = answer(&mut state, effects);
        // The keyboard goes on with what follows.
        assert_eq!(effects, [Effect::Focus(Target::Finding)]);
        assert!(check(&state).at.as_ref().is_some_and(|(_, rule)| *rule == Rule::Word));
        assert_eq!(counts(&state), [(Rule::Word, 1), (Rule::Places, 1)]);
        let effects = send(&mut state, Command::Checking(Checking::Undo));
        answer(&mut state, effects);
        assert_eq!((state.sheet(), check(&state).fixed.clone()), (before, None));
        // Once it is taken back there is nothing to take back.
        assert_eq!(send(&mut state, Command::Checking(Checking::Undo)), []);
    }

    #[test]
    fn one_is_fixed_and_the_others_stay() {
        let mut state = opened();
        start(&mut state);
        let second = check(&state).of(Rule::Space)[1].clone();
        let effects = send(&mut state, Command::Checking(Checking::Fix(Rule::Space, Some(second.annotation.clone()))));
        answer(&mut state, effects);
        let spans: Vec<Span> = state.sheet().iter().map(|annotation| annotation.span).collect();
        assert_eq!(spans, [span(0, 4), span(11, 18), span(11, 14), span(21, 24)]);
        assert_eq!(second.fix, Some(Fix::Span(span(11, 14))));
    }

    #[test]
    fn what_is_no_longer_as_it_was_is_left_alone() {
        let mut state = opened();
        start(&mut state);
        let first = check(&state).of(Rule::Space)[0].annotation.clone();
        // Meanwhile somebody took the place.
        send(&mut state, Command::Annotate(LabelId::new("entity"), span(0, 3)));
        let before = state.sheet();
        let effects = send(&mut state, Command::Checking(Checking::Fix(Rule::Space, Some(first))));
        assert_eq!(effects, [Effect::Lint]);
        assert_eq!(state.sheet(), before);
    }

    #[test]
    fn whoever_goes_to_a_place_comes_back_to_the_same_finding() {
        let mut state = opened();
        start(&mut state);
        let finding = check(&state).of(Rule::Places)[0].clone();
        let show = |place| Command::Checking(Checking::Show(finding.annotation.clone(), finding.rule, place));
        send(&mut state, show(None));
        assert_eq!((&state.view.dialog, state.view.active.as_ref()), (&None, Some(&finding.annotation)));
        send(&mut state, Command::Checking(Checking::Start));
        assert!(check(&state).is_at(&finding) && !check(&state).findings().is_empty());
        send(&mut state, show(Some(finding.places[0])));
        assert_eq!((state.view.selection.span, &state.view.active), (finding.places[0], &None));
    }

    #[test]
    fn an_answer_to_an_older_question_is_passed_over() {
        let mut state = opened();
        send(&mut state, Command::Checking(Checking::Start));
        let turn = check(&state).turn;
        send(&mut state, Command::Checking(Checking::Start));
        send(&mut state, Command::Checking(Checking::Found(turn, Rc::default())));
        assert_eq!(check(&state).found, Found::Waiting);
        send(&mut state, Command::CloseDialog);
        send(&mut state, Command::Checking(Checking::Found(turn + 1, Rc::default())));
        assert_eq!(state.view.dialog, None);
        // Without an article there is nothing to look at.
        let mut empty = State::default();
        assert_eq!((send(&mut empty, Command::Checking(Checking::Start)), &empty.view.dialog), (vec![], &None));
    }
}
