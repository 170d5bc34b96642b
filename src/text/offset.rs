//! The three units in which a position in a text can be counted, a type each.
//!
//! Mixing them up is the commonest bug of annotation tools: after the first emoji every mark stands
//! beside its words. Here the compiler refuses the mixture; [`crate::text::TextIndex`] is the one
//! place that converts. Nothing here knows of a text: an offset alone is only a number.

macro_rules! offset {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The offset `units` units from the start of the text.
            pub const fn new(units: u32) -> Self {
                Self(units)
            }

            /// The offset of a length or an index; what does not fit is the largest offset there is.
            pub fn from_usize(units: usize) -> Self {
                Self(u32::try_from(units).unwrap_or(u32::MAX))
            }

            /// The number of units from the start of the text.
            pub const fn get(self) -> u32 {
                self.0
            }

            /// The same as an index.
            pub const fn index(self) -> usize {
                self.0 as usize
            }

            /// `units` further on; stops at the largest offset.
            pub const fn plus(self, units: u32) -> Self {
                Self(self.0.saturating_add(units))
            }

            /// `units` further back; stops at the start of the text.
            pub const fn minus(self, units: u32) -> Self {
                Self(self.0.saturating_sub(units))
            }

            /// How many units lie between `earlier` and this offset; 0 where it is not earlier.
            pub const fn since(self, earlier: Self) -> u32 {
                self.0.saturating_sub(earlier.0)
            }
        }
    };
}

offset! {
    /// A position in Unicode code points: the unit of the model and of the project file.
    Offset
}
offset! {
    /// A position in UTF-16 code units: the unit of the DOM and of JavaScript strings.
    Utf16Offset
}
offset! {
    /// A position in bytes of UTF-8: the unit in which Rust slices strings.
    ByteOffset
}
