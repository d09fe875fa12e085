"""Makes the directories in hub/, with PyTorch 2.13 and safetensors 0.8: python make-hub.py

bin, safetensors: shards with an index, as huggingface_hub's save_torch_state_dict names and fills them. Of the .bin
    shards the first has two tied names, as save_pretrained(safe_serialization=False) left them.
distributed: what four processes of one training save by HuggingFaceStorageWriter, each its own parts; whole.safetensors
    has the same tensors whole.
"""

import json
import os
import shutil

import torch
import torch.distributed as dist
import torch.distributed.checkpoint as dcp
import torch.multiprocessing as multiprocessing
from safetensors.torch import save_file
from torch.distributed.checkpoint.hf_storage import HuggingFaceStorageWriter
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.tensor import Replicate, Shard, distribute_tensor

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "hub")


def index(folder, name, shards):
    weight_map = {key: shard for shard, dict in shards.items() for key in dict}
    total = {tensor.data_ptr(): tensor.numel() * tensor.element_size()
             for dict in shards.values() for tensor in dict.values()}
    with open(os.path.join(folder, name), "w") as file:
        json.dump({"metadata": {"total_size": sum(total.values())}, "weight_map": weight_map}, file, indent=2)
        file.write("\n")


def sharded():
    embedding = torch.arange(8.0).reshape(4, 2)
    shards = [
        {"embed.weight": embedding, "head.weight": embedding},
        {"fc.weight": torch.arange(6.0).reshape(2, 3).to(torch.bfloat16), "fc.bias": torch.tensor([0.5, -2.0])},
    ]
    folder = os.path.join(HERE, "bin")
    os.makedirs(folder)
    named = {f"pytorch_model-0000{i}-of-00002.bin": shard for i, shard in enumerate(shards, 1)}
    for name, shard in named.items():
        torch.save(shard, os.path.join(folder, name))
    index(folder, "pytorch_model.bin.index.json", named)

    folder = os.path.join(HERE, "safetensors")
    os.makedirs(folder)
    del shards[0]["head.weight"]
    named = {f"model-0000{i}-of-00002.safetensors": shard for i, shard in enumerate(shards, 1)}
    for name, shard in named.items():
        save_file(shard, os.path.join(folder, name), metadata={"format": "pt"})
    index(folder, "model.safetensors.index.json", named)


def whole():
    return {
        "rows.weight": torch.arange(15.0).reshape(5, 3),
        "columns.weight": torch.arange(21).reshape(3, 7).to(torch.bfloat16),
        "both.weight": torch.arange(35.0, dtype=torch.float64).reshape(5, 7),
        "cube.weight": torch.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5),
        "bias": torch.tensor([1.5, -2.5]),
        "step": torch.tensor(7),
    }


def process(rank, size, folder):
    os.environ["MASTER_ADDR"] = "127.0.0.1"
    os.environ["MASTER_PORT"] = "29511"
    dist.init_process_group("gloo", rank=rank, world_size=size)
    mesh = init_device_mesh("cpu", (2, 2))
    placements = {
        "rows.weight": [Shard(0), Shard(0)],
        "columns.weight": [Replicate(), Shard(1)],
        "both.weight": [Shard(0), Shard(1)],
        "cube.weight": [Shard(1), Shard(2)],
        "bias": [Replicate(), Replicate()],
    }
    tensors = whole()
    state = {key: distribute_tensor(tensors[key], mesh, placement) for key, placement in placements.items()}
    state["step"] = tensors["step"]
    dcp.save(state, storage_writer=HuggingFaceStorageWriter(folder, save_distributed=True))
    dist.barrier()
    dist.destroy_process_group()


if __name__ == "__main__":
    shutil.rmtree(HERE, ignore_errors=True)
    sharded()
    folder = os.path.join(HERE, "distributed")
    multiprocessing.spawn(process, args=(4, folder), nprocs=4)
    save_file(whole(), os.path.join(HERE, "whole.safetensors"))
