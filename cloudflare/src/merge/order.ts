/**
 * Compares paths below a folder: the files of a folder before its subfolders, names as people order them, so that `part-9`
 * comes before `part-10`. The same order as core's PathOrder.
 */
export function comparePaths(left: string, right: string): number {
  const lefts = left.split('/');
  const rights = right.split('/');
  for (let i = 0; ; i++) {
    const leftIsFile = i === lefts.length - 1;
    const rightIsFile = i === rights.length - 1;
    if (leftIsFile !== rightIsFile) {
      return leftIsFile ? -1 : 1;
    }
    const order = compareNames(lefts[i]!, rights[i]!);
    if (order !== 0 || leftIsFile) {
      return order;
    }
  }
}

function compareNames(left: string, right: string): number {
  const lefts = partsOf(left);
  const rights = partsOf(right);
  for (let i = 0; i < Math.min(lefts.length, rights.length); i++) {
    const order = compareParts(lefts[i]!, rights[i]!);
    if (order !== 0) {
      return order;
    }
  }
  return lefts.length - rights.length || compareTexts(left, right);
}

/** Numbers whole, everything else by its characters, in UTF-16 as Java has them. */
function partsOf(name: string): string[] {
  return name.match(/[0-9]+|[^]/g) ?? [];
}

function compareParts(left: string, right: string): number {
  if (/^[0-9]/.test(left) && /^[0-9]/.test(right)) {
    const [a, b] = [left.replace(/^0+/, ''), right.replace(/^0+/, '')];
    return a.length - b.length || compareTexts(a, b);
  }
  // A number is compared with a character by its first digit.
  return left.charCodeAt(0) - right.charCodeAt(0);
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
