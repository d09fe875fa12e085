"""Writes bert.safetensors, a small BERT as Hugging Face names it, with separate query, key and value, and
bert-fused.safetensors, the same weights as torch.nn.MultiheadAttention names and fuses them.

    python make-bert.py    # PyTorch 2.13, safetensors
"""

import torch
from safetensors.torch import save_file

WIDTH = 4
torch.manual_seed(18)


def linear(out_features, in_features):
    return torch.randn(out_features, in_features), torch.randn(out_features)


given = {
    "bert.embeddings.position_ids": torch.arange(6).reshape(1, 6),
    "bert.embeddings.word_embeddings.weight": torch.randn(10, WIDTH),
}
fused = {"embeddings.weight": given["bert.embeddings.word_embeddings.weight"]}
for i in range(2):
    attention = torch.nn.MultiheadAttention(WIDTH, 2, batch_first=True)
    separate = []
    for name in ("query", "key", "value"):
        weight, bias = linear(WIDTH, WIDTH)
        given[f"bert.encoder.layer.{i}.attention.self.{name}.weight"] = weight
        given[f"bert.encoder.layer.{i}.attention.self.{name}.bias"] = bias
        separate.append((weight, bias))
    weight, bias = linear(WIDTH, WIDTH)
    given[f"bert.encoder.layer.{i}.attention.output.dense.weight"] = weight
    given[f"bert.encoder.layer.{i}.attention.output.dense.bias"] = bias
    gamma, beta = torch.randn(WIDTH), torch.randn(WIDTH)
    # the names of the first BERT files, which transformers renames when it reads them
    given[f"bert.encoder.layer.{i}.attention.output.LayerNorm.gamma"] = gamma
    given[f"bert.encoder.layer.{i}.attention.output.LayerNorm.beta"] = beta
    attention.load_state_dict({
        "in_proj_weight": torch.cat([w for w, _ in separate]),
        "in_proj_bias": torch.cat([b for _, b in separate]),
        "out_proj.weight": weight,
        "out_proj.bias": bias,
    })
    for name, tensor in attention.state_dict().items():
        fused[f"layers.{i}.attention.{name}"] = tensor
    fused[f"layers.{i}.norm.weight"] = gamma
    fused[f"layers.{i}.norm.bias"] = beta

    # the fused weights compute what the separate ones do
    x = torch.randn(1, 3, WIDTH)
    q, k, v = ((x @ w.T + b).reshape(1, 3, 2, 2).transpose(1, 2) for w, b in separate)
    heads = torch.nn.functional.scaled_dot_product_attention(q, k, v)
    by_hand = heads.transpose(1, 2).reshape(1, 3, WIDTH) @ weight.T + bias
    torch.testing.assert_close(attention(x, x, x)[0], by_hand)

save_file({name: tensor.contiguous() for name, tensor in given.items()}, "bert.safetensors")
save_file({name: tensor.contiguous() for name, tensor in fused.items()}, "bert-fused.safetensors")
