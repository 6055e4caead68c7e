/**
 * Where each row of a long list begins when rows differ in height: every row counts as `usual` until it was measured.
 * Sums are kept in a Fenwick tree of the differences, so that a question or a change takes steps by the logarithm of the
 * length.
 */
export class Heights {
  constructor(usual) {
    this.usual = usual;
    this.measured = new Map();
    this.tree = new Float64Array(1024);
  }

  /** Notes the height of a row and answers by how much that changed. */
  set(index, height) {
    const change = height - (this.measured.get(index) ?? this.usual);
    if (change !== 0) {
      this.measured.set(index, height);
      this.reach(index + 1);
      for (let at = index + 1; at < this.tree.length; at += at & -at) {
        this.tree[at] += change;
      }
    }
    return change;
  }

  /** Where the row begins. */
  top(index) {
    let extra = 0;
    for (let at = Math.min(index, this.tree.length - 1); at > 0; at -= at & -at) {
      extra += this.tree[at];
    }
    return index * this.usual + extra;
  }

  /** The row at that height, of `total` rows. */
  at(y, total) {
    let low = 0;
    let high = Math.max(0, total - 1);
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.top(middle) <= y) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Makes the tree long enough; its length is a power of two, so that only the new root has to know what was before. */
  reach(index) {
    while (index >= this.tree.length) {
      const longer = new Float64Array(this.tree.length * 2);
      longer.set(this.tree);
      let all = 0;
      for (let at = this.tree.length - 1; at > 0; at -= at & -at) {
        all += this.tree[at];
      }
      longer[this.tree.length] = all;
      this.tree = longer;
    }
  }
}
