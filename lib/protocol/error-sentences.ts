import { type ContractErrorArgs, type ContractErrorName, type Hex, hexToString, parseAbi } from 'viem';
import { blobsAbi } from '../contracts/generated/blobs-abi.ts';
import { fraudProofAbi } from '../contracts/generated/fraud-proof-abi.ts';
import { marketAbi } from '../contracts/generated/market-abi.ts';
import { vaultAbi } from '../contracts/generated/vault-abi.ts';
import { amountInWords, percentInWords } from './amount.ts';
import { durationInWords, momentInWords } from './duration.ts';
import { oneLine } from './one-line.ts';
import { models } from './task.ts';

/** What Solidity itself reverts with. */
const solidityAbi = parseAbi(['error Error(string reason)', 'error Panic(uint256 code)']);

/** Everything with an error that a transaction of ours can end in. */
export const errorsAbi = [...vaultAbi, ...marketAbi, ...fraudProofAbi, ...blobsAbi, ...solidityAbi] as const;

/** Every custom error of the contracts. */
export type ErrorName = ContractErrorName<typeof errorsAbi>;

/** One sentence or two for each error: what was refused, with its numbers, and where possible what helps. */
export const errorSentences = {
  // Vault: money
  InsufficientBalance: ([, given, available]) =>
    `The balance in the vault is ${amountInWords(available)}, too little for ${amountInWords(given)}.`,
  TransferFailed: ([, amount]) =>
    `The receiving address refused ${amountInWords(amount)}. Choose another one.`,
  TransferToMarket: () => 'Money cannot be sent to a market: nobody could take it out again.',
  ZeroAmount: () => 'The amount must be above zero.',
  SafeCastOverflowedUintDowncast: () => 'The amount is larger than the contracts can hold.',
  AddressEmptyCode: () => 'There is no contract at the address that was called.',
  FailedCall: () => 'A part of the transaction failed without giving a reason.',

  // Vault: stake
  UnexpectedMarket: () => 'The provider serves another market, or is about to change it.',
  CommissionAboveExpected: ([, expected, actual]) =>
    `The provider keeps ${percentInWords(Number(actual))} of earnings, more than the ${percentInWords(Number(expected))} that you accepted.`,
  CommissionOutOfBounds: ([given, most]) =>
    `A commission of ${percentInWords(Number(given))} is not possible; the most is ${percentInWords(Number(most))}.`,
  PoolWiped: () => "This provider's pool lost nearly everything and takes no more stake.",
  TicketOpen: () => 'You have an open request to leave this pool already. Cancel it or wait for it.',
  NoTicket: () => 'You have no open request to leave this pool.',
  TicketNotReady: ([readyAt, now]) =>
    `Your request to leave the pool is ready ${momentInWords(readyAt, now)}.`,
  TicketLapsed: ([lapsedAt, now]) =>
    `Your request to leave the pool lapsed ${momentInWords(lapsedAt, now)}. Cancel it and make a new one.`,
  InsufficientShares: () => 'You have fewer free shares in this pool than you asked for.',
  PoolLocked: ([, held, tail]) =>
    `The market can change only while nothing is locked: ${amountInWords(held)} backs work in hand, ${amountInWords(tail)} is inside its challenge window.`,
  AnnouncementNotReady: ([, readyAt, now]) =>
    `The announced change can be completed ${momentInWords(readyAt, now)}.`,
  WindowOutOfBounds: ([window, unbonding]) =>
    `A challenge window of ${durationInWords(window)} does not fit unbonding of ${durationInWords(unbonding)}.`,

  // Vault: locks and escrows
  NotMarketOf: () => 'The provider does not serve this market.',
  NotOperatorOf: () => 'This key is not allowed to work for the provider. The owner can allow it.',
  LockAboveLimit: ([, locked, wanted, limit]) =>
    `The stake is too small: ${amountInWords(wanted)} would be locked beside ${amountInWords(locked)}, and the limit is ${amountInWords(limit)}.`,
  HoldTooSmall: ([, given, held]) =>
    `Only ${amountInWords(held)} is held, so ${amountInWords(given)} cannot be freed.`,
  TailTooSmall: ([, , given, available]) =>
    `Only ${amountInWords(available)} is still inside its window, so ${amountInWords(given)} cannot be slashed.`,
  PenaltyAboveFreed: ([penalty, freed]) =>
    `A penalty of ${amountInWords(penalty)} is more than the ${amountInWords(freed)} that it frees.`,
  OwnStakeTooSmall: ([, own, least]) =>
    `The task asks providers for ${amountInWords(least)} of their own stake; this one has ${amountInWords(own)}.`,
  EscrowExists: () => 'This task is published already.',
  EscrowTooSmall: ([, , given, available]) =>
    `The task's escrow holds ${amountInWords(available)}, too little for ${amountInWords(given)}.`,
  PriceAboveShareOfBond: ([price, bond]) =>
    `The price of ${amountInWords(price)} is too high for a bond of ${amountInWords(bond)}.`,

  // Market: publishing
  TermOutOfBounds: ([term, given, least, most], now) => termSentence(term, given, least, most, now),
  ClientIsNotCaller: () => 'Only the client of this task can do that.',
  WorkHashMismatch: () => 'The work does not match the terms of the task.',
  MetadataHashMismatch: () => 'The description does not match the terms of the task.',
  WrongEscrow: ([given, owed]) =>
    `Exactly ${amountInWords(owed)} must go into escrow; ${amountInWords(given)} was sent.`,
  NotVerifiable: () =>
    'First Response is for tasks with a verifier or a provable kernel: else nobody could tell which answer is valid.',
  TwoJudges: () => 'A task has a verifier or a provable kernel, not both: what the one lets pass is final.',
  WrongModel: ([, model]) => `This cannot be done under ${modelName(Number(model))}.`,
  ModelNotServed: ([model]) => `${modelName(Number(model))} is not served by this version of the market.`,

  // Market: time
  UnknownTask: () => 'No such task was published on this market.',
  NotOpenYet: ([, opensAt, now]) => `The task opens ${momentInWords(opensAt, now)}.`,
  DeadlinePassed: ([, deadline, now]) => `The deadline passed ${momentInWords(deadline, now)}.`,
  ReviewPassed: ([, end, now]) => `The time to confirm an offer ended ${momentInWords(end, now)}.`,
  DeliveryPassed: ([, until, now]) => `The time to deliver ended ${momentInWords(until, now)}.`,
  DeliveryNotPassed: ([, until, now]) =>
    `The provider may still deliver: its time ends ${momentInWords(until, now)}.`,
  NotEnded: ([, end, now]) => `The task ends ${momentInWords(end, now)}; what is left can be reclaimed then.`,
  AlreadyReclaimed: () => 'What was left of this task is reclaimed already.',
  AlreadyCancelled: () => 'The task is cancelled already.',
  NotCancellable: () =>
    'The task can no longer be cancelled: somebody may be working on it, or it is about to end.',

  // Market: responses
  ShardOutOfRange: ([shard, shards]) => `Shard ${shard} does not exist: the task has ${shards}.`,
  ShardSettled: ([, shard]) => `Shard ${shard} is answered and paid already.`,
  NoCommitment: () => 'The answer was not committed to before, or its salt is another one.',
  CommitmentTooYoung: ([, committedAt, now]) =>
    `The commitment was made ${momentInWords(committedAt, now)} and is too young to be opened. Try again in a moment.`,
  OutputSizeMismatch: ([given, expected]) => `The output has ${given} bytes; ${expected} are expected.`,
  OutputRootMismatch: () => 'The output is not the one under the committed root.',
  OutputOrLocator: ([outputBytes, locatorBytes]) =>
    `An answer brings its output or says where it is, as its size asks; here are ${outputBytes} and ${locatorBytes} bytes.`,
  OutputTooLargeForChain: ([given, most]) =>
    `The output has ${given} bytes; ${most} fit on chain. Larger ones are named by a locator.`,
  LocatorTooLarge: ([given, most]) => `The locator has ${given} bytes; ${most} are allowed.`,
  RefusedByVerifier: ([, shard]) => `The task's verifier refused the answer to shard ${shard}: it is wrong.`,

  // Market: Manual Confirmation
  AskAboveMaxPrice: ([ask, maxPrice]) =>
    `The ask of ${amountInWords(ask)} is above the highest price, ${amountInWords(maxPrice)}.`,
  PreviewTooLarge: ([given, most]) => `The preview has ${given} bytes; ${most} are allowed.`,
  OfferExists: () => 'This provider made its offer for the task already; one each.',
  NoOffer: () => 'This provider has no open offer for the task.',
  OfferConfirmed: () => 'The offer is confirmed: it can only be delivered now.',
  ConfirmationOpen: () => 'Another offer is confirmed and its provider still has time to deliver.',
  NotConfirmed: () => 'The offer of this provider is not confirmed.',
  NothingOpen: () => 'Every shard of this task is paid already.',

  // Market: challenges
  FinalByVerifier: () => "The task's verifier accepted the answer; there is nothing left to challenge.",
  ShardNotSettled: ([, shard]) => `Shard ${shard} has no answer that could be challenged.`,
  AlreadyConvicted: ([, shard]) => `The answer to shard ${shard} was proven wrong before.`,
  ResponseMismatch: ([, shard]) =>
    `Shard ${shard} was answered by another provider, otherwise or for another price.`,
  WindowPassed: ([, shard, end, now]) =>
    `The answer to shard ${shard} can no longer be challenged: its window ended ${momentInWords(end, now)}.`,

  // Fraud proof
  NotProvable: () => 'The kernel has no element code, so that nothing can be proven about it.',
  KernelMismatch: () => "The code is not the element code of the task's kernel.",
  KernelNotDeployed: ([codeBytes]) => `The chain did not take the element code of ${codeBytes} bytes.`,
  ElementOutOfRange: ([id, count]) => `Element ${id} does not exist: the task has ${count}.`,
  WordOutOfRange: ([word, words]) => `Word ${word} does not exist: an element has ${words}.`,
  LeafSizeMismatch: ([given, expected]) => `The proof's leaf has ${given} bytes; ${expected} are expected.`,
  PathMismatch: ([given, used]) => `The proof's path has ${given} nodes; ${used} are expected.`,
  CommittedRootMismatch: () => "The proof's leaf is not part of the provider's answer.",
  WindowOutOfOrder: ([window]) => `Window ${window} of the proof is empty, out of order or of no input.`,
  WindowOutOfRange: ([window, end, leaves]) =>
    `Window ${window} of the proof ends at leaf ${end}; its input has ${leaves}.`,
  DataSizeMismatch: ([given, expected]) =>
    `The proof shows ${given} bytes of inputs; its windows have ${expected}.`,
  SiblingsMismatch: ([given, used]) =>
    `The proof has ${given} nodes beside its inputs; ${used} are expected.`,
  InputRootMismatch: ([buffer]) => `The words shown are not those of input ${buffer}.`,
  KernelFailed: () =>
    'The element could not be computed: a word that it reads is missing, or there was too little gas.',
  KernelSizeMismatch: ([given, expected]) =>
    `The element code answered with ${given} bytes; ${expected} are expected.`,
  KernelWordTooLarge: () => 'The element code answered with a number that is no word.',
  NotDifferent: () => 'The element is right. Nothing was changed.',

  // Blobs
  BlobTooLarge: ([given, most]) => `The data has ${given} bytes; ${most} fit on chain at once.`,

  // Solidity
  Error: ([reason]) => `The contract refused: ${oneLine(reason)}`,
  Panic: () => 'The contract met a number that cannot be, and changed nothing.',
} satisfies { [Name in ErrorName]: Sentence<Name> };

/** `now` is in unix seconds, for errors that carry a moment without the chain's own time. */
type Sentence<Name extends ErrorName> = (
  args: ContractErrorArgs<typeof errorsAbi, Name>,
  now: number,
) => string;

const modelNames = {
  firstResponse: 'First Response',
  manualConfirmation: 'Manual Confirmation',
  dutchAuction: 'the Dutch Auction',
  sealedBidAuction: 'the Sealed-Bid Auction',
  consensus: 'Consensus',
};

function modelName(index: number): string {
  const model = models[index];
  return model ? modelNames[model] : 'this model';
}

const terms: Record<string, { name: string; unit: 'wei' | 'moment' | 'period' | 'number' }> = {
  maxPrice: { name: 'highest price', unit: 'wei' },
  minPrice: { name: 'lowest price', unit: 'wei' },
  bond: { name: 'bond', unit: 'wei' },
  deadline: { name: 'deadline', unit: 'moment' },
  end: { name: 'end of the task', unit: 'moment' },
  review: { name: 'time to review', unit: 'period' },
  delivery: { name: 'time to deliver', unit: 'period' },
  count: { name: 'number of elements', unit: 'number' },
  wordsPerElement: { name: 'number of words an element', unit: 'number' },
  elementsPerShard: { name: 'number of elements a shard', unit: 'number' },
  inputs: { name: 'number of inputs', unit: 'number' },
  'input.words': { name: 'size of an input in words', unit: 'number' },
  metadata: { name: 'size of the description in bytes', unit: 'number' },
  verifierData: { name: "size of the verifier's data in bytes", unit: 'number' },
};

function termSentence(term: Hex, given: bigint, least: bigint, most: bigint, now: number): string {
  const field = hexToString(term, { size: 32 });
  const { name, unit } = terms[field] ?? { name: field.replace(/[^A-Za-z. ]/g, ''), unit: 'number' };
  const show = (value: bigint): string => {
    switch (unit) {
      case 'wei':
        return amountInWords(value);
      case 'moment':
        return momentInWords(value, now);
      case 'period':
        return durationInWords(value);
      case 'number':
        return value.toString();
      default:
        return unit satisfies never;
    }
  };
  const range =
    most < least
      ? 'which no value can satisfy with the other terms'
      : least === most
        ? `but must be ${show(least)}`
        : given < least
          ? `but must be at least ${show(least)}`
          : `but must be at most ${show(most)}`;
  return `The ${name} is ${show(given)}, ${range}.`;
}
