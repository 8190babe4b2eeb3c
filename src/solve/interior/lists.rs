//! Positions, and lists of them, in half the memory.

/// Lists of entries, one list after the other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lists {
    starts: Vec<u32>,
    members: Vec<u32>,
}

impl Default for Lists {
    fn default() -> Self {
        Self { starts: vec![0], members: Vec::new() }
    }
}

impl Lists {
    /// Appends a list.
    pub fn push(&mut self, members: impl IntoIterator<Item = u32>) {
        self.members.extend(members);
        self.starts.push(index(self.members.len()));
    }

    /// Number of lists.
    #[inline]
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Where the entries of a list are among those of all.
    #[inline]
    pub fn span(&self, list: usize) -> std::ops::Range<usize> {
        self.starts[list] as usize..self.starts[list + 1] as usize
    }

    /// A list.
    #[inline]
    pub fn list(&self, list: usize) -> &[u32] {
        &self.members[self.span(list)]
    }
}

/// A position that is stored in 32 bits.
pub fn index(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
