/** English words that say nothing of what somebody can do. */
export const functionWords: ReadonlySet<string> = new Set(
  `a about above after again all also am an and any are as at be because been before being both but by can could did do does
  doing each either else for from had has have having he her here his how i if in into is it its itself just may me might more most
  must my no nor not of on once only or other our out over own per same shall she should so some such than that the their them then
  there these they this those through to too under until up upon us use using very via was we well were what when where which while
  who whom whose why will with within without would you your yours`.split(/\s+/),
);
