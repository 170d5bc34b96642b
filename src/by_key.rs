//! Things by key, as a sorted list: for few of them, or for many that come at once. A tree or a table would cost
//! the person who visits the page two kilobytes more.

use crate::order::order;

/// Values by key, in the order of their keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByKey<K, V>(Vec<(K, V)>);

impl<K, V> Default for ByKey<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> ByKey<K, V> {
    fn place(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.cmp(key))
    }

    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.place(key).ok().map(|at| &self.0[at].1)
    }

    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.place(key).ok().map(|at| &mut self.0[at].1)
    }

    /// Sets the value of a key.
    pub fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (key, value)),
        }
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &K) {
        if let Ok(at) = self.place(key) {
            self.0.remove(at);
        }
    }

    /// Keeps only what a question is answered for with yes.
    pub fn retain(&mut self, keep: impl Fn(&K, &V) -> bool) {
        self.0.retain(|(key, value)| keep(key, value));
    }
}

impl<K, V> ByKey<K, V> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }
}

impl<K: Ord + Clone, V: Clone> From<Vec<(K, V)>> for ByKey<K, V> {
    /// Of several values of one key the last one counts.
    fn from(values: Vec<(K, V)>) -> Self {
        if values.is_sorted_by(|(a, _), (b, _)| a < b) {
            return Self(values);
        }
        let by_key = order(values.len(), &|a, b| values[a].0.cmp(&values[b].0));
        let is_last = |at: &usize| by_key.get(at + 1).is_none_or(|&next| values[next].0 != values[by_key[*at]].0);
        Self((0..by_key.len()).filter(is_last).map(|at| values[by_key[at]].clone()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn it_holds_what_a_tree_does(
            first in prop::collection::vec((0..9_u8, any::<u8>()), 0..20),
            then in prop::collection::vec((0..9_u8, any::<Option<u8>>()), 0..20),
        ) {
            let mut list = ByKey::from(first.clone());
            let mut tree: BTreeMap<u8, u8> = first.into_iter().collect();
            for (key, value) in then {
                prop_assert!(list.iter().eq(&tree));
                prop_assert_eq!((list.len(), list.is_empty(), list.get(&key)), (tree.len(), tree.is_empty(), tree.get(&key)));
                match value {
                    Some(value) => {
                        list.insert(key, value);
                        tree.insert(key, value);
                    }
                    None => {
                        list.remove(&key);
                        tree.remove(&key);
                    }
                }
            }
            list.retain(|key, value| key < value);
            tree.retain(|key, value| key < value);
            prop_assert!(list.iter().eq(&tree));
        }
    }
}
