import type { Hex } from 'viem';
import { bytesToHex, hexToBytes } from 'viem';
import { bytesToWords, wordsToBytes } from '../protocol/words.ts';
