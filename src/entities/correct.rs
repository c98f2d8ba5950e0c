//! The user's corrections of which names are one entity.
//!
//! A correction refers to entities by their ids, and an id is made of names, so that it stays valid when the archive is
//! read again and on a colleague's computer. Corrections are applied in order to the resolved names; to undo one is to
//! leave it out. Of two that contradict each other, the later wins.

use super::{EntityId, EntityKind};

/// One correction.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(tag = "correction", rename_all = "snake_case")]
pub enum Correction {
    /// Two entities are one.
    Merge {
        /// The entity that is merged …
        from: EntityId,
        /// … into this one, which keeps its name and kind.
        into: EntityId,
    },
    /// A spelling is an entity of its own.
    Split {
        /// The entity that it was counted with.
        from: EntityId,
        /// The spelling, as listed among the entity's aliases.
        spelling: String,
    },
    /// An entity is shown under another name.
    Rename {
        /// The entity to rename.
        entity: EntityId,
        /// The name to show from now on.
        name: String,
    },
    /// An entity is of another kind.
    SetKind {
        /// The entity with the wrong kind.
        entity: EntityId,
        /// Its real kind.
        kind: EntityKind,
    },
    /// A false positive: neither listed nor counted.
    Hide {
        /// The supposed entity.
        entity: EntityId,
    },
    /// Two entities are never joined, by whatever evidence.
    KeepApart {
        /// One of them.
        a: EntityId,
        /// The other.
        b: EntityId,
    },
}

/// The corrections of an archive, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Corrections {
    version: CorrectionsVersion,
    corrections: Vec<Correction>,
}

/// One of an archive's corrections, told from those that say the same: what others add or take back meanwhile does not
/// make it another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeCorrection {
    correction: Correction,
    n_equal_before: usize,
}

/// The version of the file of corrections; there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "u32", into = "u32")]
struct CorrectionsVersion;

/// The error for a file of corrections by a later version of the program.
#[derive(Debug, thiserror::Error)]
#[error("version {0} is not known here")]
struct UnknownVersion(u32);

impl TryFrom<u32> for CorrectionsVersion {
    type Error = UnknownVersion;

    fn try_from(version: u32) -> Result<Self, UnknownVersion> {
        match version {
            1 => Ok(Self),
            _ => Err(UnknownVersion(version)),
        }
    }
}

impl From<CorrectionsVersion> for u32 {
    fn from(_: CorrectionsVersion) -> Self {
        1
    }
}

/// The outcome of importing someone else's corrections.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct ImportReport {
    /// How many were new and are in effect now.
    pub added: usize,
    /// How many were already there.
    pub known: usize,
    /// Those that contradict one of the user's own, which wins: first the imported one, then the user's.
    pub conflicts: Vec<(Correction, Correction)>,
}

/// Why a file of corrections cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("these are no corrections: {0}")]
pub struct CorrectionsError(#[from] serde_json::Error);

impl Corrections {
    /// The inverse of [`Corrections::to_json`].
    pub fn from_json(json: &str) -> Result<Self, CorrectionsError> {
        Ok(serde_json::from_str(json)?)
    }

    /// Readable JSON: a version, then the corrections in their order.
    pub fn to_json(&self) -> String {
        // Nothing in it can fail to serialise: no maps, no numbers but the version.
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }

    /// The corrections in the order in which they were made.
    pub fn all(&self) -> &[Correction] {
        &self.corrections
    }

    /// Adds a correction; false if it is the newest of its kind for its entities already, so that nothing changes.
    pub fn add(&mut self, correction: Correction) -> bool {
        let newest = self
            .corrections
            .iter()
            .rev()
            .find(|it| **it == correction || it.contradicts(&correction));
        if newest == Some(&correction) {
            return false;
        }
        self.corrections.push(correction);
        true
    }

    /// Undoes the correction at an index of [`Corrections::all`] and returns it; `None` if there is none.
    pub fn remove(&mut self, idx: usize) -> Option<Correction> {
        (idx < self.corrections.len()).then(|| self.corrections.remove(idx))
    }

    /// The correction at an index of [`Corrections::all`].
    pub fn made(&self, idx: usize) -> Option<MadeCorrection> {
        let correction = self.corrections.get(idx)?.clone();
        let before = self.corrections[..idx].iter();
        Some(MadeCorrection {
            n_equal_before: before.filter(|it| **it == correction).count(),
            correction,
        })
    }

    /// Undoes a correction and returns it; `None` if it is not there any more.
    pub fn undo(&mut self, made: &MadeCorrection) -> Option<Correction> {
        let equal = self.corrections.iter().enumerate();
        let mut equal = equal.filter(|(_, it)| **it == made.correction);
        let (idx, _) = equal.nth(made.n_equal_before)?;
        self.remove(idx)
    }

    /// Appends someone else's corrections in their order. Those that contradict the user's own are left out.
    pub fn import(&mut self, theirs: &Self) -> ImportReport {
        let mut report = ImportReport::default();
        let mine = self.corrections.clone();
        for correction in &theirs.corrections {
            if mine.contains(correction) {
                report.known += 1;
            } else if let Some(own) = mine.iter().rev().find(|own| own.contradicts(correction)) {
                report.conflicts.push((correction.clone(), own.clone()));
            } else if self.add(correction.clone()) {
                report.added += 1;
            } else {
                report.known += 1;
            }
        }
        report
    }

    /// Whether a later correction cancels this one.
    pub(super) fn is_overruled(&self, idx: usize) -> bool {
        let it = &self.corrections[idx];
        self.corrections[idx + 1..].iter().any(|later| later.contradicts(it))
    }
}

impl Correction {
    /// The entities that it names, in the order of its fields.
    pub fn entities(&self) -> Vec<&EntityId> {
        match self {
            Self::Merge { from, into } => vec![from, into],
            Self::Split { from, .. } => vec![from],
            Self::Rename { entity, .. } | Self::SetKind { entity, .. } | Self::Hide { entity } => vec![entity],
            Self::KeepApart { a, b } => vec![a, b],
        }
    }

    /// Whether the two cannot both be in effect.
    fn contradicts(&self, other: &Self) -> bool {
        let is_pair = |a: &EntityId, b: &EntityId, c: &EntityId, d: &EntityId| (a, b) == (c, d) || (a, b) == (d, c);
        match (self, other) {
            (Self::Merge { from, into }, Self::KeepApart { a, b })
            | (Self::KeepApart { a, b }, Self::Merge { from, into }) => is_pair(from, into, a, b),
            (Self::Merge { from, into }, Self::Merge { from: b, into: a }) => from == a && into == b,
            (
                Self::Rename { entity, name },
                Self::Rename {
                    entity: other,
                    name: others,
                },
            ) => entity == other && name != others,
            (
                Self::SetKind { entity, kind },
                Self::SetKind {
                    entity: other,
                    kind: others,
                },
            ) => entity == other && kind != others,
            (Self::Hide { entity }, Self::Rename { entity: other, .. } | Self::SetKind { entity: other, .. })
            | (Self::Rename { entity: other, .. } | Self::SetKind { entity: other, .. }, Self::Hide { entity }) => {
                entity == other
            }
            (Self::Hide { entity }, Self::Merge { from, into })
            | (Self::Merge { from, into }, Self::Hide { entity }) => entity == from || entity == into,
            _ => false,
        }
    }
}
