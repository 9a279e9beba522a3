//! One item of a list in order that is another now, brought to its place again.

/// Moves the item at `at` past its neighbours to where its key puts it in a list that is in order
/// but for it, behind those with an equal key; its index there. Steps are those it moves past.
pub fn move_to_place<T, K: Ord>(list: &mut [T], at: usize, key: impl Fn(&T) -> K) -> usize {
    let own = key(&list[at]);
    let behind = list[at + 1..].iter();
    let on = behind.take_while(|item| key(item) <= own).count();
    let before = list[..at].iter().rev();
    let back = before.take_while(|item| key(item) > own).count();
    // In a list in order one of the two is nothing.
    list[at - back..=at].rotate_right(1);
    list[at..=at + on].rotate_left(usize::from(on > 0));
    at - back + on
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_behind_those_that_are_equal_and_nothing_else_moves() {
        for (list, at, moved, place) in [
            ([5, 10, 20, 30], 0, [5, 10, 20, 30], 0),
            ([25, 10, 20, 30], 0, [10, 20, 25, 30], 2),
            ([99, 10, 20, 30], 0, [10, 20, 30, 99], 3),
            ([10, 20, 30, 15], 3, [10, 15, 20, 30], 1),
            ([10, 20, 30, 1], 3, [1, 10, 20, 30], 0),
            ([10, 25, 20, 30], 1, [10, 20, 25, 30], 2),
        ] {
            let mut list = list;
            assert_eq!(move_to_place(&mut list, at, |item| *item), place);
            assert_eq!(list, moved);
        }
        let mut pairs = [(2, 'a'), (1, 'b'), (1, 'c'), (2, 'd')];
        assert_eq!(move_to_place(&mut pairs, 0, |pair| pair.0), 3);
        assert_eq!(pairs, [(1, 'b'), (1, 'c'), (2, 'd'), (2, 'a')]);
    }
}
